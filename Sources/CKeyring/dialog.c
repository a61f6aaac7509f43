/*
 * The service's own dialog. libsecret's way of waiting for one cannot be ended: it asks the service to take the dialog
 * back, and then waits for the service to say that it has.
 */
#include "internal.h"

static const char prompts[] = "org.freedesktop.Secret.Prompt";

typedef struct {
    Call *call;
    GMainLoop *loop;
    gint64 end;
    keyring_outcome outcome;
    GVariant *answer;
} Dialog;

gboolean is_somebody_there(const Call *call) { return call->asked.person.milliseconds > 0; }

static void finish(Dialog *dialog, keyring_outcome outcome)
{
    dialog->outcome = outcome;
    g_main_loop_quit(dialog->loop);
}

static void completed(
    GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
    GVariant *parameters, gpointer data)
{
    (void)bus, (void)sender, (void)path, (void)interface, (void)signal;
    Dialog *dialog = data;
    gboolean dismissed = TRUE;
    if (dialog->answer) return;
    if (g_variant_is_of_type(parameters, G_VARIANT_TYPE("(bv)")))
        g_variant_get(parameters, "(bv)", &dismissed, &dialog->answer);
    finish(dialog, dismissed ? KEYRING_DISMISSED : KEYRING_DONE);
}

static void vanished(GDBusConnection *bus, const char *name, gpointer data)
{
    (void)bus, (void)name;
    finish(data, KEYRING_NO_SERVICE);
}

static void begun(GObject *bus, GAsyncResult *result, gpointer data)
{
    Dialog *dialog = data;
    GError *error = NULL;
    GVariant *reply = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
    if (reply) return g_variant_unref(reply);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) return g_error_free(error);
    finish(dialog, outcome_of(error, dialog->call));
}

static gboolean look_at_the_time(gpointer data)
{
    Dialog *dialog = data;
    const keyring_person *person = &dialog->call->asked.person;
    if (person->has_left && person->has_left(person->context)) finish(dialog, KEYRING_INTERRUPTED);
    else if (g_get_monotonic_time() >= dialog->end) finish(dialog, KEYRING_UNANSWERED);
    return G_SOURCE_CONTINUE;
}

static void wait_for_answer(Dialog *dialog, GDBusConnection *bus, const char *service, const char *prompt)
{
    GCancellable *over = g_cancellable_new();
    guint answers = g_dbus_connection_signal_subscribe(
        bus, service, prompts, "Completed", prompt, NULL, G_DBUS_SIGNAL_FLAGS_NONE, completed, dialog, NULL);
    guint owner = g_bus_watch_name_on_connection(
        bus, service, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, vanished, dialog, NULL);
    GSource *clock = every(100, look_at_the_time, dialog);
    g_dbus_connection_call(
        bus, service, prompt, prompts, "Prompt", g_variant_new("(s)", ""), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
        G_MAXINT, over, begun, dialog);
    g_main_loop_run(dialog->loop);
    stop(clock);
    g_bus_unwatch_name(owner);
    g_dbus_connection_signal_unsubscribe(bus, answers);
    g_cancellable_cancel(over);
    g_object_unref(over);
    if (dialog->outcome == KEYRING_UNANSWERED || dialog->outcome == KEYRING_INTERRUPTED)
        take_back(bus, service, prompt, dialog->loop);
}

GVariant *show_dialog(Call *call, const char *prompt)
{
    char *service = g_dbus_proxy_get_name_owner(G_DBUS_PROXY(call->service));
    call->dialog = !is_somebody_there(call) ? KEYRING_WOULD_ASK : service ? KEYRING_DONE : KEYRING_NO_SERVICE;
    if (call->dialog != KEYRING_DONE) {
        g_free(service);
        return NULL;
    }
    const keyring_person *person = &call->asked.person;
    if (!call->is_announced && person->announce) person->announce(person->context);
    call->is_announced = TRUE;

    gint64 left = call_pause(call);
    GMainContext *context = g_main_context_new();
    g_main_context_push_thread_default(context);
    Dialog dialog = {
        .call = call,
        .loop = g_main_loop_new(context, FALSE),
        .end = g_get_monotonic_time() + person->milliseconds * G_TIME_SPAN_MILLISECOND,
        .outcome = KEYRING_FAILED,
    };
    wait_for_answer(&dialog, g_dbus_proxy_get_connection(G_DBUS_PROXY(call->service)), service, prompt);
    /* What was cancelled above still calls back, and must find its data. */
    while (g_main_context_iteration(context, FALSE)) { }
    g_main_context_pop_thread_default(context);
    g_main_loop_unref(dialog.loop);
    g_main_context_unref(context);
    g_free(service);
    call_resume(call, left);

    call->dialog = dialog.outcome;
    if (dialog.outcome != KEYRING_DONE) g_clear_pointer(&dialog.answer, g_variant_unref);
    return dialog.answer;
}
