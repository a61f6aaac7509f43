/* What the files of this folder share. */
#ifndef CKEYRING_INTERNAL_H
#define CKEYRING_INTERNAL_H

#include "CKeyring.h"
#include <libsecret/secret.h>

/* One call from Swift: its deadline, and the service once it is found (null with libsecret's file backend). */
typedef struct {
    keyring_call asked;
    GCancellable *cancellable;
    SecretService *service;
    GThread *watch;
    GMutex lock;
    GCond finished;
    gint64 end;
    gboolean over;
} Call;

/* deadline.c */
void call_begin(Call *call, keyring_call asked);
void call_end(Call *call);

/* connection.c */
keyring_outcome connect_keyring(Call *call);
/* The collection that new items go to: unlocked, or the outcome says what stands against it. */
keyring_outcome default_collection(Call *call, SecretCollection **collection);
/* What a failed call means. Takes the error. */
keyring_outcome outcome_of(GError *error, const Call *call);

/* quiet.c */
void keep_quiet(void);

/* items.c */
extern const SecretSchema keyring_schema;
/* Every item under the key, or all of ours when it is null. None found, or any locked: not KEYRING_DONE. */
keyring_outcome find_items(const keyring_key *key, Call *call, GList **items);
keyring_record record_of(GHashTable *attributes, SecretRetrievable *item);
/* The one that is in use: not of another role, and changed last. Null when there is none. */
SecretRetrievable *newest(GList *items);
gboolean is_current(SecretRetrievable *item);
void free_items(GList *items);

/* removing.c */
keyring_outcome remove_item(SecretRetrievable *item, Call *call);

#endif
