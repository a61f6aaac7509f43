#define _GNU_SOURCE
#include "probe.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct mapping {
    uint64_t start, end;
    char permissions[5], name[256];
};

/* What follows is one line each: copy, form, start and length of the piece, length of the form, permissions and name of
 * the mapping. */
static void tell(const struct run *run, const struct mapping *map, FILE *report) {
    fprintf(
        report, "copy\t%d\t%zu\t%zu\t%zu\t%s\t%s\n", run->form, run->start, run->length, form_length(run->form),
        map->permissions, map->name);
}

static void search(const unsigned char *bytes, size_t count, const struct mapping *map, FILE *report) {
    struct run run;
    for (const unsigned char *at = bytes; forms_next(at, bytes + count, &run); at = run.at + run.length)
        tell(&run, map, report);
}

/* Pages that were never touched hold nothing, and there are gigabytes of them. */
static int is_there(int pagemap, uint64_t address, uint64_t page) {
    uint64_t entry = 0;
    if (pread(pagemap, &entry, sizeof entry, (off_t)(address / page * sizeof entry)) != sizeof entry) return 1;
    return (entry >> 62) != 0;
}

/* Pages one after the other are one text: a copy may lie across their border. */
static void search_mapping(int memory, int pagemap, const struct mapping *map, FILE *report) {
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    for (uint64_t start = map->start; start < map->end; start += page) {
        if (!is_there(pagemap, start, page)) continue;
        uint64_t end = start + page;
        while (end < map->end && is_there(pagemap, end, page)) end += page;
        unsigned char *bytes = malloc(end - start);
        ssize_t count = pread(memory, bytes, end - start, (off_t)start);
        if (count > 0) search(bytes, (size_t)count, map, report);
        free(bytes);
        start = end;
    }
}

static int open_of(pid_t process, const char *name) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)process, name);
    return open(path, O_RDONLY | O_CLOEXEC);
}

void memory_search(pid_t process, FILE *report) {
    int memory = open_of(process, "mem"), pagemap = open_of(process, "pagemap"), maps = open_of(process, "maps");
    if (memory < 0 || pagemap < 0 || maps < 0) {
        fprintf(report, "blind\t%d\n", (int)process);
        return;
    }
    FILE *lines = fdopen(maps, "r");
    char line[512];
    size_t searched = 0;
    while (fgets(line, sizeof line, lines)) {
        struct mapping map = {0};
        unsigned long long start, end;
        if (sscanf(line, "%llx-%llx %4s %*s %*s %*s %255[^\n]", &start, &end, map.permissions, map.name) < 3) continue;
        /* The kernel's own, which nobody writes to. */
        if (strncmp(map.name, "[v", 2) == 0) continue;
        map.start = start;
        map.end = end;
        search_mapping(memory, pagemap, &map, report);
        searched++;
    }
    if (searched == 0) fprintf(report, "blind\t%d\n", (int)process);
    fclose(lines);
    close(memory);
    close(pagemap);
}

void arguments_search(FILE *report) {
    static unsigned char arguments[1 << 21];
    DIR *processes = opendir("/proc");
    struct dirent *entry;
    while (processes && (entry = readdir(processes))) {
        pid_t process = atoi(entry->d_name);
        int file = process > 0 ? open_of(process, "cmdline") : -1;
        if (file < 0) continue;
        size_t count = 0;
        ssize_t part;
        while (count < sizeof arguments && (part = read(file, arguments + count, sizeof arguments - count)) > 0)
            count += (size_t)part;
        close(file);
        struct run run;
        if (forms_next(arguments, arguments + count, &run)) fprintf(report, "argument\t%d\n", (int)process);
    }
    if (processes) closedir(processes);
}
