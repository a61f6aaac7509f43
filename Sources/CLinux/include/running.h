/* Running a program whose output is a secret. */
#ifndef CLINUX_RUNNING_H
#define CLINUX_RUNNING_H

#include <sys/types.h>

/* Starts a program, found as execvp(3) finds it, in a session of its own: it has no terminal, its process group has its
   number, its standard input is empty, its standard error is ours, and it has no other descriptor of ours. Its standard
   output is a pipe, whose reading end goes to *output. It is killed when the calling thread ends. Its number, or -1 with
   errno where it could not be started. */
pid_t linux_start(char *const arguments[], int *output);

/* The same as nobody's child would run: with these variables and no other, in that folder (or the root, where there is
   none such), with no signal ignored, and nothing that it writes to standard error is seen. The program is a path. */
pid_t linux_start_bare(char *const arguments[], char *const variables[], const char *folder, int *output);

/* `NAME=value` as it stands in our environment, where it stays; NULL where it is not set. */
char *linux_variable(const char *name);

#endif
