/* What the files of this folder share. */
#ifndef CKEYRING_INTERNAL_H
#define CKEYRING_INTERNAL_H

#include "CKeyring.h"
#include <libsecret/secret.h>

/* One call from Swift: its deadline, and the service once it is found (null with libsecret's file backend). */
typedef struct {
    keyring_call asked;
    GCancellable *cancellable;
    GMainContext *context;
    SecretService *service;
    /* What became of a dialog, where that says more than the error that libsecret makes of it. */
    keyring_outcome dialog;
    gboolean is_announced;
    GThread *watch;
    GMutex lock;
    GCond finished;
    gint64 end;
    gboolean over;
} Call;

/* deadline.c */
void call_begin(Call *call, keyring_call asked);
void call_end(Call *call);
/* The call that a cancellable belongs to. */
Call *call_of(GCancellable *cancellable);
/* Stops the clock, and starts it again with what was left. */
gint64 call_pause(Call *call);
void call_resume(Call *call, gint64 left);

/* connection.c */
keyring_outcome connect_keyring(Call *call);
/* The collection that new items go to: unlocked, or the outcome says what stands against it. */
keyring_outcome default_collection(Call *call, SecretCollection **collection);
/* The same without a dialog; the path of a locked one is added to `locked`. */
keyring_outcome look_at_default_collection(Call *call, SecretCollection **collection, GPtrArray *locked);

/*
 * collections.c: whether a search can find anything. Where all is locked KeePassXC shows a dialog before it searches,
 * and answers when that was closed.
 */
gboolean is_anything_open(Call *call, GError **error);

/* outcome.c: what a failed call means. Takes the error. */
keyring_outcome outcome_of(GError *error, const Call *call);

/* quiet.c: libsecret's dialogs become ours, and GLib prints nothing. */
void keep_quiet(void);

/* dialog.c */
gboolean is_somebody_there(const Call *call);
/* Has the service ask the person. Null without an answer, and then call->dialog says why. */
GVariant *show_dialog(Call *call, const char *prompt);

/* taking_back.c: asks for no answer; it only has to have left before the process may end. Uses a loop that is over. */
void take_back(GDBusConnection *bus, const char *service, const char *prompt, GMainLoop *loop);

/* timers.c: calls `act` in the thread's main context, until it is stopped. */
GSource *every(guint milliseconds, GSourceFunc act, gpointer data);
void stop(GSource *source);

/* unlocking.c: has the service unlock these objects, if a person is there. */
keyring_outcome unlock(Call *call, const GPtrArray *paths);

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
