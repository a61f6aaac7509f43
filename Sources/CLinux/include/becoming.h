/* Another program in our place, or beside us: it finds what our caller has left. */
#ifndef CLINUX_BECOMING_H
#define CLINUX_BECOMING_H

#include <sys/types.h>

/* Notes the signals that the caller blocks and has us ignore, and its limit for core files. First of all, once, on the
   first thread. */
void linux_note_caller(void);

/* Gives all that back: for the calling thread, and for the process. */
void linux_restore_caller(void);

/* Becomes the program, found as execvp(3) finds it: returns -1 with errno, and only if it could not be started. */
int linux_become(char *const arguments[], char *const variables[]);

/* From now on signals that end a process are passed on to the program that linux_run starts; one that comes before that
   is kept, and keeps it from being started. What the caller has us ignore stays ignored. What a terminal sends, it sends
   to the program too, so that is not passed on; but its end is told to the leader of the session alone. */
void linux_pass_on_signals(void);

/* The signal that came while there was nobody to pass it on to, or 0. */
int linux_kept_signal(void);

/* Starts the program beside us. 0, or -1 with errno where it could not be started (EINTR: a signal was kept). */
int linux_run(char *const arguments[], char *const variables[]);

/* Waits for the end of the program. Its exit status, or minus the number of the signal that ended it. */
int linux_await_end(void);

/* Ends this process by a signal, so that whoever waits for it sees that; with 128 and its number where it will not. */
void linux_end_by_signal(int number) __attribute__((noreturn));

#endif
