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

keyring_outcome find_items(const keyring_key *key, Call *call, GList **items)
{
    GHashTable *wanted = key
        ? secret_attributes_build(
            &keyring_schema, "service", "qbitvault", "server", key->server, "name", key->name, NULL)
        : secret_attributes_build(&keyring_schema, "service", "qbitvault", NULL);
    GError *error = NULL;
    GList *found = secret_password_searchv_sync(
        &keyring_schema, wanted, SECRET_SEARCH_ALL, call->cancellable, &error);
    g_hash_table_unref(wanted);
    if (error) {
        free_items(found);
        return outcome_of(error, call);
    }
    for (GList *at = found; at; at = at->next) {
        if (!SECRET_IS_ITEM(at->data) || !secret_item_get_locked(at->data)) continue;
        free_items(found);
        return KEYRING_LOCKED;
    }
    *items = found;
    if (found) return KEYRING_DONE;
    if (!call->service) return KEYRING_ABSENT;
    /* Some services hide what is in a locked collection, so an empty answer counts only from an open one. */
    SecretCollection *collection = NULL;
    keyring_outcome outcome = default_collection(call, &collection);
    g_clear_object(&collection);
    return outcome == KEYRING_DONE ? KEYRING_ABSENT : outcome;
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
