"""Writes the weights of g2pM (Apache-2.0) in the form that tools/train reads: python network.py network.bin"""
import struct,sys,numpy as np
from g2pM import G2pM
m=G2pM();f=np.float32
E=m.embeddings.astype(f);H=32
chars=sorted((ord(c),i) for c,i in m.char2idx.items() if len(c)==1 and ord(c)<65536 and c not in '시끝')
B=m.char2idx['시'];En=m.char2idx['끝'];U=m.char2idx['<UNK>']
rows=[i for _,i in chars]+[B,En,U]
fw=E[rows]@m.weight_ih.T+(m.bias_ih+m.bias_hh);bw=E[rows]@m.weight_ih_reverse.T+(m.bias_ih_reverse+m.bias_hh_reverse)
o=open(sys.argv[1],'wb')
o.write(struct.pack('<I',len(chars)));o.write(np.array([c for c,_ in chars],'<u2').tobytes())
o.write(np.concatenate([fw,bw],1).astype('<f4').tobytes())
o.write(np.ascontiguousarray(m.weight_hh.T).astype('<f4').tobytes());o.write(np.ascontiguousarray(m.weight_hh_reverse.T).astype('<f4').tobytes())
o.write(m.hidden_weight_l0.astype('<f4').tobytes());o.write(m.hidden_bias_l0.astype('<f4').tobytes())
n=len(m.idx2class);o.write(struct.pack('<I',n))
for i in range(n):
    o.write(m.idx2class[i].encode().ljust(8,b'\0')+m.hidden_weight_l1[i].astype('<f4').tobytes()+np.array([m.hidden_bias_l1[i]],'<f4').tobytes())
pairs=[(c,p) for c,ps in m.cedict.items() if len(ps)>1 for p in ps]
o.write(struct.pack('<I',len(pairs)))
for c,p in pairs: o.write(struct.pack('<I',ord(c))+p.encode().ljust(8,b'\0'))
