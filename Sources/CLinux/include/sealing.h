/* Files that lie in memory and have no name. */
#ifndef CLINUX_SEALING_H
#define CLINUX_SEALING_H

#include <stddef.h>

/* A file with these bytes that nobody can change any longer, and that all may read who reach it. Its descriptor, or -1
   with errno. A program that takes our place finds it open, at 10 or above where there is room: scripts use what is below. */
int linux_sealed_file(const char *name, const void *bytes, size_t count);

/* A pipe that holds these bytes and has no writer any longer. Its reading end, closed on exec, or -1 with errno (EAGAIN: it
   does not hold so many). */
int linux_filled_pipe(const void *bytes, size_t count);

#endif
