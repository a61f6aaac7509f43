/* Writing: the new item first, then the others under its key are removed, so that no crash leaves none. */
#include "internal.h"
#include <string.h>

typedef struct {
    GHashTable *attributes;
    const char *label;
    SecretValue *value;
} NewItem;

/* The new item's object path, or null from the file backend, which has none. */
static keyring_outcome store(const NewItem *new, Call *call, char **path)
{
    GError *error = NULL;
    if (!call->service) {
        secret_password_storev_binary_sync(
            &keyring_schema, new->attributes, NULL, new->label, new->value, call->cancellable, &error);
        return error ? outcome_of(error, call) : KEYRING_DONE;
    }
    SecretCollection *collection = NULL;
    keyring_outcome outcome = default_collection(call, &collection);
    if (outcome != KEYRING_DONE) return outcome;
    SecretItem *item = secret_item_create_sync(
        collection, &keyring_schema, new->attributes, new->label, new->value, SECRET_ITEM_CREATE_REPLACE,
        call->cancellable, &error);
    g_object_unref(collection);
    if (!item) return outcome_of(error, call);
    *path = g_strdup(g_dbus_proxy_get_object_path(G_DBUS_PROXY(item)));
    g_object_unref(item);
    return KEYRING_DONE;
}

static gboolean is_new(SecretRetrievable *item, const NewItem *new, const char *path)
{
    if (path) return strcmp(g_dbus_proxy_get_object_path(G_DBUS_PROXY(item)), path) == 0;
    GHashTable *attributes = secret_retrievable_get_attributes(item);
    gboolean same = g_strcmp0(g_hash_table_lookup(attributes, "role"), "current") == 0
        && g_strcmp0(g_hash_table_lookup(attributes, "url"), g_hash_table_lookup(new->attributes, "url")) == 0;
    g_hash_table_unref(attributes);
    return same;
}

static keyring_outcome remove_others(keyring_key key, const NewItem *new, const char *path, Call *call)
{
    GList *items = NULL;
    gboolean removed = FALSE;
    keyring_outcome outcome = find_items(&key, call, &items);
    for (GList *at = items; at && outcome == KEYRING_DONE; at = at->next) {
        if (!is_current(at->data) || is_new(at->data, new, path)) continue;
        outcome = remove_item(at->data, call);
        removed = TRUE;
    }
    free_items(items);
    if (outcome != KEYRING_DONE || path || !removed) return outcome;
    /* In the file backend an item with fewer attributes takes the new one with it. */
    char *none = NULL;
    return store(new, call, &none);
}

keyring_outcome keyring_write(
    keyring_key key, const char *url, const char *label, const uint8_t *bytes, size_t count, keyring_call asked)
{
    Call call;
    call_begin(&call, asked);
    NewItem new = {
        .attributes = secret_attributes_build(
            &keyring_schema, "service", "qbitvault", "server", key.server, "name", key.name, "role", "current",
            "url", url, NULL),
        .label = label,
        .value = secret_value_new((const char *)bytes, (gssize)count, "text/plain"),
    };
    GList *before = NULL;
    char *path = NULL;
    keyring_outcome outcome = connect_keyring(&call);
    /* Asked before anything is changed: a locked item under this key could not be removed afterwards. */
    if (outcome == KEYRING_DONE) outcome = find_items(&key, &call, &before);
    if (outcome == KEYRING_DONE || outcome == KEYRING_ABSENT) outcome = store(&new, &call, &path);
    if (outcome == KEYRING_DONE) outcome = remove_others(key, &new, path, &call);
    g_free(path);
    free_items(before);
    secret_value_unref(new.value);
    g_hash_table_unref(new.attributes);
    call_end(&call);
    return outcome;
}
