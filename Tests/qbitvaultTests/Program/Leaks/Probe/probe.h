/* Looks for a secret in the memory of a program and of all that it starts: whenever it writes to a socket, becomes
 * another program, or ends.
 *
 *     probe FORMS REPORT PROGRAM [ARGUMENT…]
 *
 * FORMS is a FIFO with the forms of the secret that are searched for: `COUNT SECRET_LENGTH LENGTH…\n` and then their bytes
 * one after the other. So none of them stands in an argument or a file of ours. REPORT has a line for everything
 * seen, with tabs between its words. */
#ifndef PROBE_H
#define PROBE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

/* forms.c */

struct run {
    int form;
    size_t start, length; /* of the piece of the form */
    const unsigned char *at;
};

/* Takes the forms from a FIFO. */
void forms_read(const char *path);
size_t form_length(int form);
/* The next piece of a form between `from` and `end`: whole, or as long as the encoding of eight bytes of the secret. False when
 * there is none. */
int forms_next(const unsigned char *from, const unsigned char *end, struct run *found);

/* memory.c */

/* Tells of every piece in the memory of a process that stands still. */
void memory_search(pid_t process, FILE *report);
/* Tells of every process, whichever, that has a form in its arguments. */
void arguments_search(FILE *report);

/* tracing.c */

/* Lets a child go, and follows it and what it starts to the end; the child's status as of waitpid. */
int trace(pid_t child, FILE *report);

#endif
