/* Unlocking, which a service does only after it has asked the person. */
#include "internal.h"

keyring_outcome unlock(Call *call, const GPtrArray *paths)
{
    if (!is_somebody_there(call)) return KEYRING_LOCKED;
    GVariantBuilder objects;
    g_variant_builder_init(&objects, G_VARIANT_TYPE("ao"));
    for (guint at = 0; at < paths->len; at++) g_variant_builder_add(&objects, "o", g_ptr_array_index(paths, at));
    GError *error = NULL;
    GVariant *reply = g_dbus_proxy_call_sync(
        G_DBUS_PROXY(call->service), "Unlock", g_variant_new("(ao)", &objects), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
        call->cancellable, &error);
    if (!reply) return outcome_of(error, call);
    const char *prompt = "/";
    if (g_variant_is_of_type(reply, G_VARIANT_TYPE("(aoo)"))) g_variant_get(reply, "(@ao&o)", NULL, &prompt);
    keyring_outcome outcome = KEYRING_DONE;
    if (!g_str_equal(prompt, "/")) {
        GVariant *answer = show_dialog(call, prompt);
        if (answer) g_variant_unref(answer);
        else outcome = outcome_of(NULL, call);
    }
    g_variant_unref(reply);
    return outcome;
}
