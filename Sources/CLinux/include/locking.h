/* A lock that is waited for, and not for ever. */
#ifndef CLINUX_LOCKING_H
#define CLINUX_LOCKING_H

/* flock(LOCK_EX): those who wait get it in the order of their coming. Gives up after so many milliseconds.
   0, or -1 with errno (EWOULDBLOCK: somebody else has it still). Uses the signal SIGRTMIN + 3. */
int linux_lock(int fd, long long milliseconds);

#endif
