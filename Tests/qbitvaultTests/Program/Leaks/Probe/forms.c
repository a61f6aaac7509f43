#define _GNU_SOURCE
#include "probe.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Any piece of a form that is worth telling of holds a window of eight bytes; where one may begin is looked up. */
enum { window = 8, most_forms = 64, buckets = 1 << 16 };

struct place {
    int form;
    size_t offset;
    struct place *next;
};

static struct {
    unsigned char *bytes;
    size_t length, least;
} forms[most_forms];
static int count;
static int source;
static struct place *places[buckets];

static unsigned hash(const unsigned char *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return (unsigned)((value * 0x9e3779b97f4a7c15u) >> 48);
}

static void take(void *bytes, size_t length) {
    for (size_t done = 0; done < length;) {
        ssize_t part = read(source, (char *)bytes + done, length - done);
        if (part <= 0) {
            fputs("probe: the forms end too early\n", stderr);
            exit(125);
        }
        done += (size_t)part;
    }
}

static size_t take_number(void) {
    size_t number = 0;
    for (char digit;;) {
        take(&digit, 1);
        if (digit < '0' || digit > '9') return number;
        number = number * 10 + (size_t)(digit - '0');
    }
}

static void remember(int form, size_t offset) {
    struct place *place = malloc(sizeof *place);
    struct place **bucket = &places[hash(forms[form].bytes + offset)];
    *place = (struct place){form, offset, *bucket};
    *bucket = place;
}

void forms_read(const char *path) {
    source = open(path, O_RDONLY | O_CLOEXEC);
    count = (int)take_number();
    size_t secret = take_number();
    if (count < 1 || count > most_forms || secret < window) {
        fputs("probe: no such number of forms, or too short a secret\n", stderr);
        exit(125);
    }
    for (int form = 0; form < count; form++) {
        forms[form].length = take_number();
        size_t least = (window * forms[form].length + secret - 1) / secret;
        forms[form].least = least < window ? window : least;
    }
    for (int form = 0; form < count; form++) {
        forms[form].bytes = malloc(forms[form].length);
        take(forms[form].bytes, forms[form].length);
        for (size_t offset = 0; offset + window <= forms[form].length; offset++) remember(form, offset);
    }
    close(source);
}

size_t form_length(int form) { return forms[form].length; }

/* As much of the form as stands around `at`, where a window of it begins. */
static struct run around(
    const struct place *place, const unsigned char *from, const unsigned char *at, const unsigned char *end) {
    const unsigned char *form = forms[place->form].bytes;
    size_t length = forms[place->form].length, first = place->offset, last = place->offset + window;
    const unsigned char *start = at, *stop = at + window;
    while (first > 0 && start > from && start[-1] == form[first - 1]) first--, start--;
    while (last < length && stop < end && *stop == form[last]) last++, stop++;
    return (struct run){place->form, first, last - first, start};
}

int forms_next(const unsigned char *from, const unsigned char *end, struct run *found) {
    for (const unsigned char *at = from; at + window <= end; at++) {
        found->length = 0;
        for (const struct place *place = places[hash(at)]; place; place = place->next) {
            if (memcmp(forms[place->form].bytes + place->offset, at, window) != 0) continue;
            struct run run = around(place, from, at, end);
            if (run.length >= forms[run.form].least && run.length > found->length) *found = run;
        }
        if (found->length > 0) return 1;
    }
    return 0;
}
