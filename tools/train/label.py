"""The teacher: g2pM over many sentences at once. label(sentences) gives, for each, (place, reading, odds) of its polyphones."""
import numpy as np
from g2pM import G2pM
m=G2pM(); f=np.float32
W={k:getattr(m,k).astype(f) for k in ['embeddings','weight_ih','weight_hh','bias_ih','bias_hh','weight_ih_reverse','weight_hh_reverse','bias_ih_reverse','bias_hh_reverse','hidden_weight_l0','hidden_bias_l0','hidden_weight_l1','hidden_bias_l1']}
sig=lambda x:1/(1+np.exp(-x))
def lstm(X,wi,wh,bi,bh):
    B,T,_=X.shape;h=np.zeros((B,32),f);c=np.zeros((B,32),f);P=X@wi.T+(bi+bh);out=np.empty((B,T,32),f)
    for t in range(T):
        g=P[:,t]+h@wh.T
        i,fo,gg,o=g[:,:32],g[:,32:64],g[:,64:96],g[:,96:]
        c=sig(fo)*c+sig(i)*np.tanh(gg);h=sig(o)*np.tanh(c);out[:,t]=h
    return out
cls=m.idx2class
pc={c:p for c,p in m.cedict.items() if len(p)>1}
c2i=m.char2idx;unk=c2i['<UNK>'];B0=c2i['시'];E0=c2i['끝']
def run(sents,want=None):
    n=len(sents);T=len(sents[0])+2   # equal lengths
    X=np.array([[B0]+[c2i.get(c,unk) for c in s]+[E0] for s in sents])
    E=W['embeddings'][X]
    a=lstm(E,W['weight_ih'],W['weight_hh'],W['bias_ih'],W['bias_hh'])
    b=lstm(E[:,::-1],W['weight_ih_reverse'],W['weight_hh_reverse'],W['bias_ih_reverse'],W['bias_hh_reverse'])[:,::-1]
    H=np.concatenate([a,b],2)
    idx=[(k,j) for k,s in enumerate(sents) for j,c in enumerate(s) if c in pc]
    res=[[] for _ in sents]
    if idx:
        r=np.array([i[0] for i in idx]);q=np.array([i[1]+1 for i in idx])
        L=np.maximum(H[r,q]@W['hidden_weight_l0'].T+W['hidden_bias_l0'],0)@W['hidden_weight_l1'].T+W['hidden_bias_l1']
        L-=L.max(1,keepdims=True);P=np.exp(L);P/=P.sum(1,keepdims=True)
        top=P.argmax(1)
        for (k,j),t,p in zip(idx,top,P): res[k].append((j,cls[t],p[t]))
    return res
def label(sents):
    by={}
    for k,s in enumerate(sents): by.setdefault(len(s),[]).append(k)
    out=[[] for _ in sents]
    for ln,ks in by.items():
        if not ln: continue
        for a in range(0,len(ks),256):
            kk=ks[a:a+256]
            for k,r in zip(kk,run([sents[k] for k in kk])): out[k]=r
    return out
