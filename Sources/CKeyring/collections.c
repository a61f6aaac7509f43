/* Which collections are open. */
#include "internal.h"

/* Null, with or without an error, where there is none of that type. */
static GVariant *property(
    const char *path, const char *interface, const char *name, const char *type, Call *call, GError **error)
{
    GDBusProxy *service = G_DBUS_PROXY(call->service);
    GVariant *reply = g_dbus_connection_call_sync(
        g_dbus_proxy_get_connection(service), g_dbus_proxy_get_name(service), path, "org.freedesktop.DBus.Properties",
        "Get", g_variant_new("(ss)", interface, name), G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
        call->cancellable, error);
    GVariant *value = NULL;
    if (!reply) return NULL;
    g_variant_get(reply, "(v)", &value);
    g_variant_unref(reply);
    if (!g_variant_is_of_type(value, G_VARIANT_TYPE(type))) g_clear_pointer(&value, g_variant_unref);
    return value;
}

gboolean is_anything_open(Call *call, GError **error)
{
    GVariant *paths = property(
        g_dbus_proxy_get_object_path(G_DBUS_PROXY(call->service)), "org.freedesktop.Secret.Service", "Collections",
        "ao", call, error);
    if (!paths) return FALSE;
    gboolean is_open = FALSE;
    GVariantIter all;
    const char *path;
    g_variant_iter_init(&all, paths);
    while (!is_open && !*error && g_variant_iter_next(&all, "&o", &path)) {
        GVariant *locked = property(path, "org.freedesktop.Secret.Collection", "Locked", "b", call, error);
        /* One that was removed a moment ago is not open either. */
        if (g_error_matches(*error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT)) g_clear_error(error);
        if (!locked) continue;
        is_open = !g_variant_get_boolean(locked);
        g_variant_unref(locked);
    }
    g_variant_unref(paths);
    return is_open;
}
