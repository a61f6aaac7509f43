/* Preloaded into the built program by a test. The program runs up to where it starts its second thread; from there it
 * is forked for each order that comes by standard input, and in each such child the kernel hands every system call
 * that could touch a file to this shim, which counts those below one folder and makes one of them fail. */
#ifndef SHIM_H
#define SHIM_H

#define _GNU_SOURCE

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

/* What happens at a call. The numbers are the test's too. */
enum fault {
    fault_none,  /* nothing; all calls are listed */
    fault_kill,  /* SIGKILL before it */
    fault_torn,  /* a write of `code` bytes of it, then SIGKILL */
    fault_error, /* it fails with the error `code`, once */
    fault_full,  /* this one and all later ones that need room fail with the error `code` */
    fault_short, /* a read or write of no more than `code` bytes */
};

struct order {
    uint32_t fault;
    uint32_t at; /* the call, counted from 1 */
    int32_t code;
    uint32_t input; /* how many bytes follow for the program's standard input */
};

struct report {
    int32_t status;    /* exit status, or 128 and the signal */
    uint32_t calls;    /* how many there were */
    uint32_t injected; /* how often one was made to fail */
    int32_t unknown;   /* a system call that is in no list here, or -1 */
    uint32_t listed;   /* bytes of the list that follows: the calls, or the one that failed */
    uint32_t said;     /* bytes of standard output and standard error that follow then */
};

/* Shared by the server and its children. */
struct record {
    atomic_uint calls, injected;
    atomic_int unknown;
    atomic_uint listed;
    char list[1 << 16];
};

extern struct record *record;

/* From now on this process and the threads it starts are trapped. */
void trap_calls(const struct order *order, const char *folder);

enum trait { makes = 1, reads = 2, writes = 4, closes = 8, copies = 16, grows = 32 };

/* A system call that takes a descriptor or a path. Arguments are counted from 0; -1: it has none of that kind. */
struct call {
    const char *name;
    short number;
    signed char descriptor, path, second; /* a path is relative to the descriptor, if there is one */
    short traits;
};

/* Null for one that is in no list. */
const struct call *call_of(long number);

/* Numbers of calls that have nothing to do with files. */
extern const int other_calls[];
extern const size_t other_calls_count;

#endif
