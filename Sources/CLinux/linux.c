#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/statfs.h>
#include <unistd.h>

/* Before anything else opens a file: a descriptor 0, 1 or 2 that is closed would become some file of ours, and what is
 * meant for people or a pipe would be written there. What is put in its place refuses to be used. */
__attribute__((constructor)) static void fill_closed_descriptors(void) {
    for (int number = 0; number <= 2; number++) {
        if (fcntl(number, F_GETFD) == -1 && errno == EBADF) open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY);
    }
}

int linux_forbid_tracing(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int linux_rename_to_free_name(const char *from, const char *to) {
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

long linux_file_system(const char *path) {
    struct statfs found;
    return statfs(path, &found) == 0 ? (long)found.f_type : 0;
}

int linux_terminal_width(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
