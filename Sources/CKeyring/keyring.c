#include "CKeyring.h"
int ckeyring_stub(void) { return 0; }
