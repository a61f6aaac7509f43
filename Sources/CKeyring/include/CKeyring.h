int ckeyring_stub(void);
