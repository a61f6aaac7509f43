#define _GNU_SOURCE
#include "CLinux.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int linux_forbid_tracing(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int linux_is_untraceable(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0; }

int linux_execute(const char *program, char *const arguments[], char *const variables[]) {
    return execvpe(program, arguments, variables);
}

int linux_rename_to_free_name(const char *from, const char *to) {
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}
