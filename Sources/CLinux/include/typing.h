/* Typing a secret: echo off, and back on whichever way the program ends. */
#ifndef CLINUX_TYPING_H
#define CLINUX_TYPING_H

/* Stops the terminal `fd` from showing what is typed, line by line, and drops what was typed before.
   Until linux_show_typing, a signal that ends or stops the process puts the terminal back first, then has the effect
   it had before; a process that goes on afterwards hides again. One thread calls all four. 0, or -1 with errno (EBUSY: hidden already). */
int linux_hide_typing(int fd);

/* Puts the terminal and the signals back as they were. 0, or -1 with errno. */
int linux_show_typing(void);

/* Waits for a typed line. Signals reach the calling thread here and nowhere else, so that none is missed.
   0, or -1 with errno (EINTR: a signal came). */
int linux_await_typing(void);

/* The last signal that came while typing was hidden and let the process go on, once; 0 if none did. */
int linux_signal_while_typing(void);

#endif
