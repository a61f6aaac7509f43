#define _GNU_SOURCE
#include "probe.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char *arguments[]) {
    if (count < 4) {
        fputs("usage: probe FORMS REPORT PROGRAM [ARGUMENT...]\n", stderr);
        return 125;
    }
    FILE *report = fopen(arguments[2], "we");
    if (!report) {
        perror("probe: report");
        return 125;
    }
    forms_read(arguments[1]);
    pid_t child = fork();
    if (child == 0) {
        raise(SIGSTOP);
        execvp(arguments[3], arguments + 3);
        perror("probe: program");
        _exit(127);
    }
    waitpid(child, NULL, WUNTRACED);
    int status = trace(child, report);
    fprintf(report, "end\t%d\t%d\n", WIFSIGNALED(status) ? WTERMSIG(status) : 0, WCOREDUMP(status) ? 1 : 0);
    fclose(report);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
