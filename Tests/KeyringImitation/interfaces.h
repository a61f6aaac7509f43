/* What of the Secret Service API libsecret needs for one item in one collection. */
#ifndef INTERFACES_H
#define INTERFACES_H

static const char interfaces[] =
    "<node>"
    "<interface name='org.freedesktop.Secret.Service'>"
    "  <method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
    "    <arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
    "  <method name='SearchItems'><arg type='a{ss}' direction='in'/>"
    "    <arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
    "  <method name='Unlock'><arg type='ao' direction='in'/>"
    "    <arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
    "  <method name='GetSecrets'><arg type='ao' direction='in'/><arg type='o' direction='in'/>"
    "    <arg type='a{o(oayays)}' direction='out'/></method>"
    "  <method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
    "  <property name='Collections' type='ao' access='read'/>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Collection'>"
    "  <property name='Items' type='ao' access='read'/>"
    "  <property name='Label' type='s' access='read'/>"
    "  <property name='Locked' type='b' access='read'/>"
    "  <property name='Created' type='t' access='read'/>"
    "  <property name='Modified' type='t' access='read'/>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Item'>"
    "  <method name='GetSecret'><arg type='o' direction='in'/><arg type='(oayays)' direction='out'/></method>"
    "  <property name='Locked' type='b' access='read'/>"
    "  <property name='Attributes' type='a{ss}' access='read'/>"
    "  <property name='Label' type='s' access='read'/>"
    "  <property name='Created' type='t' access='read'/>"
    "  <property name='Modified' type='t' access='read'/>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Prompt'>"
    "  <method name='Prompt'><arg type='s' direction='in'/></method>"
    "  <method name='Dismiss'/>"
    "  <signal name='Completed'><arg type='b'/><arg type='v'/></signal>"
    "</interface>"
    "</node>";

#endif
