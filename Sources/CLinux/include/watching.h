/* Watching for SIGINT, SIGTERM and SIGHUP while something must be ended in good order. */
#ifndef WATCHING_H
#define WATCHING_H

/* From now on the first of these signals writes its number, one byte, to a pipe; the next one ends the process at
 * once with 128 and its number. Returns the pipe's reading end, the same each time, or -1 with errno: nothing is
 * watched then. One watch at a time. */
int linux_watch_signals(void);

/* Ends the watch: the signals do what they did before. */
void linux_unwatch_signals(void);

/* The first signal that came since the last linux_watch_signals, or 0. */
int linux_watched_signal(void);

#endif
