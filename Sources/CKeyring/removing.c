/* Removing items, one at a time. */
#include "internal.h"

keyring_outcome remove_item(SecretRetrievable *item, Call *call)
{
    GError *error = NULL;
    if (SECRET_IS_ITEM(item)) {
        if (secret_item_delete_sync(SECRET_ITEM(item), call->cancellable, &error)) return KEYRING_DONE;
        return outcome_of(error, call);
    }
    /* The file backend removes by attributes alone: by all of them, so that few others can match. */
    GHashTable *attributes = secret_retrievable_get_attributes(item);
    g_hash_table_remove(attributes, "xdg:schema");
    secret_password_clearv_sync(&keyring_schema, attributes, call->cancellable, &error);
    g_hash_table_unref(attributes);
    return error ? outcome_of(error, call) : KEYRING_DONE;
}

keyring_outcome keyring_delete(keyring_key key, keyring_call asked)
{
    Call call;
    call_begin(&call, asked);
    GList *items = NULL;
    keyring_outcome outcome = connect_keyring(&call);
    if (outcome == KEYRING_DONE) outcome = find_items(&key, &call, &items);
    for (GList *at = items; at && outcome == KEYRING_DONE; at = at->next) outcome = remove_item(at->data, &call);
    free_items(items);
    call_end(&call);
    return outcome;
}
