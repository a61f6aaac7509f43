/* The few calls of Linux that Swift cannot import: variadic ones, and those behind _GNU_SOURCE. */
#ifndef CLINUX_H
#define CLINUX_H

#include "becoming.h"
#include "locking.h"
#include "running.h"
#include "sealing.h"
#include "typing.h"
#include "watching.h"

/* prctl(PR_SET_DUMPABLE, 0): not traceable, no core file, /proc/self closed to others. 0, or -1 with errno. */
int linux_forbid_tracing(void);

/* The width of a terminal in columns, by ioctl(TIOCGWINSZ); 0 where it is not known. */
int linux_terminal_width(int descriptor);

/* renameat2(RENAME_NOREPLACE): 0, or -1 with errno (EEXIST; EINVAL where the file system cannot). */
int linux_rename_to_free_name(const char *from, const char *to);

/* The kind of file system that a path lies on, as statfs(2) has it; 0 where it cannot be told. */
long linux_file_system(const char *path);

#endif
