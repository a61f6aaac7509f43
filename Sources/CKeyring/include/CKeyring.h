/*
 * The desktop keyring in plain C. libsecret's friendly calls are variadic and its headers are GLib's, so Swift sees
 * this and nothing of theirs.
 *
 * An item's attributes are service=qbitvault, server, name (what is searched for), role=current, and url: the origins
 * that it may be sent to, one a line.
 *
 * Nothing here asks a person: what would need a dialog is KEYRING_LOCKED. Every call ends after `milliseconds`.
 */
#ifndef CKEYRING_H
#define CKEYRING_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
    KEYRING_DONE,
    KEYRING_ABSENT,
    /* The item, or the collection it would be in, is locked. */
    KEYRING_LOCKED,
    /* No bus, nothing on it that keeps secrets, or no default collection there. */
    KEYRING_NO_SERVICE,
    KEYRING_TIMED_OUT,
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

/* How long a call may take, and room for words about a failure. */
typedef struct {
    int64_t milliseconds;
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
