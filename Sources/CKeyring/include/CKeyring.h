/*
 * The desktop keyring in plain C. libsecret's friendly calls are variadic and its headers are GLib's, so Swift sees
 * this and nothing of theirs.
 *
 * An item's attributes are service=qbitvault, server, name (what is searched for), role=current, and url: the origins
 * that it may be sent to, one a line.
 *
 * A dialog is shown when a person is there, and never otherwise. Every call ends: after `milliseconds`, and the time
 * that dialogs may stay.
 */
#ifndef CKEYRING_H
#define CKEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    KEYRING_DONE,
    KEYRING_ABSENT,
    /* The item, or the collection it would be in, is locked. */
    KEYRING_LOCKED,
    /* The service would ask a person about this, and nobody is there. */
    KEYRING_WOULD_ASK,
    /* The person closed the dialog. */
    KEYRING_DISMISSED,
    /* The message is the path where the bus should be, or empty where an address was given. */
    KEYRING_NO_BUS,
    /* Nothing on the bus keeps secrets. */
    KEYRING_NO_SERVICE,
    /* It keeps secrets and has no place for new ones. */
    KEYRING_NO_COLLECTION,
    KEYRING_TIMED_OUT,
    /* The dialog stayed as long as it may. */
    KEYRING_UNANSWERED,
    KEYRING_INTERRUPTED,
    /* The message says what the library said. */
    KEYRING_FAILED
} keyring_outcome;

/* Which item. */
typedef struct {
    const char *server;
    const char *name;
} keyring_key;

/* What is known of an item without its value. `url` is null for one that records none; times are 0 when unknown. */
typedef struct {
    const char *server;
    const char *name;
    const char *url;
    int64_t created;
    int64_t changed;
} keyring_record;

/* Somebody who can answer a dialog. */
typedef struct {
    /* How long a dialog may stay; 0 when nobody is there. */
    int64_t milliseconds;
    /* Called before the first dialog. */
    void (*announce)(void *context);
    /* Asked now and then while a dialog is shown: whether it is to be given up. */
    bool (*has_left)(void *context);
    void *context;
} keyring_person;

/* How long a call may take without dialogs, who is there, and room for words about a failure. */
typedef struct {
    /* Afterwards: what is left. */
    int64_t *milliseconds;
    keyring_person person;
    char *message;
    size_t message_room;
} keyring_call;

/* What these are handed dies when they return. */
typedef void (*keyring_value_sink)(
    void *context, const keyring_record *record, const uint8_t *bytes, size_t count);
typedef void (*keyring_record_sink)(void *context, const keyring_record *record);

/* Finds a value and hands it over, out of libsecret's own locked memory. */
keyring_outcome keyring_read(keyring_key key, keyring_call call, keyring_value_sink sink, void *context);

/* Keeps a value in the default collection; afterwards it is the only one under its key. */
keyring_outcome keyring_write(
    keyring_key key, const char *url, const char *label, const uint8_t *bytes, size_t count, keyring_call call);

/* Removes every item under a key. */
keyring_outcome keyring_delete(keyring_key key, keyring_call call);

/* Hands over every item of ours. No value is loaded. */
keyring_outcome keyring_list(keyring_call call, keyring_record_sink sink, void *context);

#endif
