/*
 * A keyring that real ones cannot be made to be. It holds one locked item, QBIT_PASSWORD of the default server, whose
 * value is its standard input. It says on standard output that it is ready, and what is done with its dialog.
 *
 *   KeyringImitation silent           never answers anything
 *   KeyringImitation never            has a dialog that is never completed, not even when it is taken back
 *   KeyringImitation yes | no         has a dialog that is answered at once: unlocks, or is dismissed
 *   KeyringImitation slow             is unlocked, and takes 200 ms for every answer
 */
#include "interfaces.h"
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#define ROOT "/org/freedesktop/secrets"
#define COLLECTION ROOT "/collection/kept"
#define ITEM COLLECTION "/1"
#define PROMPT ROOT "/prompt/1"
#define SESSION ROOT "/session/1"

static const char *mode;
static gboolean locked = TRUE;
static char value[4096];
static gsize count;

static void say(const char *word)
{
    puts(word);
    fflush(stdout);
}

static GVariant *paths(const char *path) { return g_variant_new_objv(&path, path ? 1 : 0); }

static GVariant *secret(void)
{
    return g_variant_new(
        "(o@ay@ays)", SESSION, g_variant_new_from_data(G_VARIANT_TYPE("ay"), "", 0, TRUE, NULL, NULL),
        g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, value, count, 1), "text/plain");
}

/* Whether the one item has these attributes. */
static gboolean is_asked_for(GVariant *parameters)
{
    GVariantIter *wanted;
    const char *name, *text;
    gboolean fits = TRUE;
    g_variant_get(parameters, "(a{ss})", &wanted);
    while (g_variant_iter_next(wanted, "{&s&s}", &name, &text))
        if (strcmp(name, "name") == 0 && strcmp(text, "QBIT_PASSWORD") != 0) fits = FALSE;
    g_variant_iter_free(wanted);
    return fits;
}

static void end_dialog(GDBusConnection *bus, gboolean dismissed)
{
    if (!dismissed) locked = FALSE;
    g_dbus_connection_emit_signal(
        bus, NULL, PROMPT, "org.freedesktop.Secret.Prompt", "Completed",
        g_variant_new("(bv)", dismissed, paths(dismissed ? NULL : COLLECTION)), NULL);
}

static GVariant *answer(GDBusConnection *bus, const char *method, GVariant *parameters)
{
    if (strcmp(method, "SearchItems") == 0) {
        const char *item = is_asked_for(parameters) ? ITEM : NULL;
        return g_variant_new("(@ao@ao)", paths(locked ? NULL : item), paths(locked ? item : NULL));
    }
    if (strcmp(method, "Unlock") == 0)
        return g_variant_new("(@aoo)", paths(locked ? NULL : COLLECTION), locked ? PROMPT : "/");
    if (strcmp(method, "ReadAlias") == 0) return g_variant_new("(o)", COLLECTION);
    if (strcmp(method, "GetSecret") == 0) return g_variant_new("(@(oayays))", secret());
    if (strcmp(method, "GetSecrets") == 0) {
        GVariant *pair = g_variant_new_dict_entry(g_variant_new_object_path(ITEM), secret());
        return g_variant_new("(@a{o(oayays)})", g_variant_new_array(NULL, &pair, 1));
    }
    say(method);
    if (strcmp(method, "Prompt") == 0 && strcmp(mode, "never") != 0) end_dialog(bus, strcmp(mode, "no") == 0);
    return NULL;
}

static void called(
    GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method,
    GVariant *parameters, GDBusMethodInvocation *call, gpointer data)
{
    (void)sender, (void)path, (void)interface, (void)data;
    if (strcmp(mode, "silent") == 0) return;
    if (strcmp(mode, "slow") == 0) g_usleep(200 * 1000);
    if (strcmp(method, "OpenSession") != 0)
        return g_dbus_method_invocation_return_value(call, answer(bus, method, parameters));
    const char *algorithm;
    g_variant_get(parameters, "(&sv)", &algorithm, NULL);
    if (strcmp(algorithm, "plain") == 0)
        g_dbus_method_invocation_return_value(call, g_variant_new("(vo)", g_variant_new_string(""), SESSION));
    else
        g_dbus_method_invocation_return_dbus_error(call, "org.freedesktop.DBus.Error.NotSupported", "plain alone");
}

static GVariant *property(
    GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *name,
    GError **error, gpointer data)
{
    (void)bus, (void)sender, (void)path, (void)interface, (void)error, (void)data;
    if (strcmp(name, "Locked") == 0) return g_variant_new_boolean(locked);
    if (strcmp(name, "Label") == 0) return g_variant_new_string("kept");
    if (strcmp(name, "Items") == 0) return paths(ITEM);
    if (strcmp(name, "Collections") == 0) return paths(COLLECTION);
    if (strcmp(name, "Attributes") != 0) return g_variant_new_uint64(1);
    return g_variant_new_parsed("{'service': 'qbitvault', 'server': 'default', 'name': 'QBIT_PASSWORD'}");
}

static void acquired(GDBusConnection *bus, const char *name, gpointer data)
{
    (void)bus, (void)name, (void)data;
    say("ready");
}

static void lost(GDBusConnection *bus, const char *name, gpointer data)
{
    (void)bus, (void)name;
    g_main_loop_quit(data);
}

int main(int arguments, char **words)
{
    if (arguments < 2) return 64;
    mode = words[1];
    locked = strcmp(mode, "slow") != 0;
    count = fread(value, 1, sizeof value, stdin);
    GDBusConnection *bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
    if (!bus) return 1;
    GDBusNodeInfo *node = g_dbus_node_info_new_for_xml(interfaces, NULL);
    static const GDBusInterfaceVTable table = { .method_call = called, .get_property = property };
    static const char *objects[] = { ROOT, COLLECTION, ITEM, PROMPT };
    for (int at = 0; at < 4; at++)
        g_dbus_connection_register_object(bus, objects[at], node->interfaces[at], &table, NULL, NULL, NULL);
    GMainLoop *loop = g_main_loop_new(NULL, FALSE);
    g_bus_own_name_on_connection(
        bus, "org.freedesktop.secrets", G_BUS_NAME_OWNER_FLAGS_NONE, acquired, lost, loop, NULL);
    g_main_loop_run(loop);
    return 0;
}
