/* Reading one value, and listing what there is. */
#include "internal.h"

static keyring_outcome hand_over(SecretRetrievable *item, Call *call, keyring_value_sink sink, void *context)
{
    GError *error = NULL;
    SecretValue *value = secret_retrievable_retrieve_secret_sync(item, call->cancellable, &error);
    /* An item that was there a moment ago and gives no value was locked or removed meanwhile. */
    if (!value) return error ? outcome_of(error, call) : KEYRING_LOCKED;
    gsize count = 0;
    const char *bytes = secret_value_get(value, &count);
    GHashTable *attributes = secret_retrievable_get_attributes(item);
    keyring_record record = record_of(attributes, item);
    sink(context, &record, (const uint8_t *)bytes, count);
    g_hash_table_unref(attributes);
    secret_value_unref(value);
    return KEYRING_DONE;
}

keyring_outcome keyring_read(keyring_key key, keyring_call asked, keyring_value_sink sink, void *context)
{
    Call call;
    call_begin(&call, asked);
    GList *items = NULL;
    keyring_outcome outcome = connect_keyring(&call);
    if (outcome == KEYRING_DONE) outcome = find_items(&key, &call, &items);
    if (outcome == KEYRING_DONE) {
        SecretRetrievable *item = newest(items);
        outcome = item ? hand_over(item, &call, sink, context) : KEYRING_ABSENT;
    }
    free_items(items);
    call_end(&call);
    return outcome;
}

keyring_outcome keyring_list(keyring_call asked, keyring_record_sink sink, void *context)
{
    Call call;
    call_begin(&call, asked);
    GList *items = NULL;
    keyring_outcome outcome = connect_keyring(&call);
    if (outcome == KEYRING_DONE) outcome = find_items(NULL, &call, &items);
    for (GList *at = items; at; at = at->next) {
        if (!is_current(at->data)) continue;
        GHashTable *attributes = secret_retrievable_get_attributes(at->data);
        keyring_record record = record_of(attributes, at->data);
        if (record.server && record.name) sink(context, &record);
        g_hash_table_unref(attributes);
    }
    free_items(items);
    call_end(&call);
    return outcome;
}
