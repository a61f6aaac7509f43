/* Items: how they are found, and what is read from their attributes. */
#include "internal.h"
#include <string.h>

/* The schema's name is written and never searched for, so that items made by secret-tool are found too. */
const SecretSchema keyring_schema = {
    .name = "qbitvault.Credential",
    .flags = SECRET_SCHEMA_DONT_MATCH_NAME,
    .attributes = {
        { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { "role", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { "url", SECRET_SCHEMA_ATTRIBUTE_STRING },
    },
};

/* As find_items, without a dialog: paths of what is locked are added to `locked`. */
static keyring_outcome look_for(GHashTable *wanted, Call *call, GList **items, GPtrArray *locked)
{
    GError *error = NULL;
    GList *found = NULL;
    if (!call->service || is_anything_open(call, &error))
        found = secret_password_searchv_sync(
            &keyring_schema, wanted, SECRET_SEARCH_ALL, call->cancellable, &error);
    if (error) {
        free_items(found);
        return outcome_of(error, call);
    }
    for (GList *at = found; at; at = at->next)
        if (SECRET_IS_ITEM(at->data) && secret_item_get_locked(at->data))
            g_ptr_array_add(locked, g_strdup(g_dbus_proxy_get_object_path(at->data)));
    if (locked->len > 0) {
        free_items(found);
        return KEYRING_LOCKED;
    }
    *items = found;
    if (found) return KEYRING_DONE;
    if (!call->service) return KEYRING_ABSENT;
    /* Some services hide what is in a locked collection, so an empty answer counts only from an open one. */
    SecretCollection *collection = NULL;
    keyring_outcome outcome = look_at_default_collection(call, &collection, locked);
    g_clear_object(&collection);
    return outcome == KEYRING_DONE ? KEYRING_ABSENT : outcome;
}

keyring_outcome find_items(const keyring_key *key, Call *call, GList **items)
{
    GHashTable *wanted = key
        ? secret_attributes_build(
            &keyring_schema, "service", "qbitvault", "server", key->server, "name", key->name, NULL)
        : secret_attributes_build(&keyring_schema, "service", "qbitvault", NULL);
    GPtrArray *locked = g_ptr_array_new_with_free_func(g_free);
    keyring_outcome outcome = look_for(wanted, call, items, locked);
    if (outcome == KEYRING_LOCKED) outcome = unlock(call, locked);
    if (outcome == KEYRING_DONE && locked->len > 0) {
        g_ptr_array_set_size(locked, 0);
        outcome = look_for(wanted, call, items, locked);
    }
    g_ptr_array_unref(locked);
    g_hash_table_unref(wanted);
    return outcome;
}

keyring_record record_of(GHashTable *attributes, SecretRetrievable *item)
{
    return (keyring_record){
        .server = g_hash_table_lookup(attributes, "server"),
        .name = g_hash_table_lookup(attributes, "name"),
        .url = g_hash_table_lookup(attributes, "url"),
        .created = (int64_t)secret_retrievable_get_created(item),
        .changed = (int64_t)secret_retrievable_get_modified(item),
    };
}

gboolean is_current(SecretRetrievable *item)
{
    GHashTable *attributes = secret_retrievable_get_attributes(item);
    const char *role = g_hash_table_lookup(attributes, "role");
    gboolean current = !role || strcmp(role, "current") == 0;
    g_hash_table_unref(attributes);
    return current;
}

SecretRetrievable *newest(GList *items)
{
    SecretRetrievable *best = NULL;
    for (GList *at = items; at; at = at->next) {
        SecretRetrievable *item = at->data;
        if (!is_current(item)) continue;
        if (!best || secret_retrievable_get_modified(item) > secret_retrievable_get_modified(best)) best = item;
    }
    return best;
}

void free_items(GList *items)
{
    g_list_free_full(items, g_object_unref);
}
