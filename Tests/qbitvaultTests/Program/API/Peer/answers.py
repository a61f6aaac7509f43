"""Calls everything in qbittorrent-api that reads, and says what came back.

answers.py URL USERNAME FACTS   with the password on standard input. FACTS is JSON: what the server holds (`hash`, `other`,
`folder`, `task`, `torrent`). Prints a list, as JSON: the call as it was sent, the status, and the body in base64, as
`requests` had them, away from what the library makes of them. A status of null is a call that the library says the
server's version does not have.

A call of the library that is neither in READS nor in WRITES ends the script: somebody must say what it is.
"""

import ast
import base64
import inspect
import json
import sys
import textwrap
import urllib.parse

import qbittorrentapi
import requests

url, username, facts = sys.argv[1:]
facts = json.loads(facts)
password = sys.stdin.read().removesuffix("\n")

of_one = {"torrent_hash": facts["hash"]}
of_all = {"torrent_hashes": [facts["hash"], facts["other"]]}
no_hash = "0" * 40

READS = [
    ("app/version", "app_version", {}),
    ("app/webapiVersion", "app_web_api_version", {}),
    ("app/buildInfo", "app_build_info", {}),
    ("app/processInfo", "app_process_info", {}),
    ("app/preferences", "app_preferences", {}),
    ("app/defaultSavePath", "app_default_save_path", {}),
    ("app/cookies", "app_cookies", {}),
    ("app/networkInterfaceList", "app_network_interface_list", {}),
    ("app/networkInterfaceAddressList", "app_network_interface_address_list", {"interface_name": "lo"}),
    ("app/networkInterfaceAddressList", "app_network_interface_address_list", {}),
    ("app/getDirectoryContent", "app_get_directory_content", {"directory_path": facts["folder"]}),
    ("app/getDirectoryContent", "app_get_directory_content", {"directory_path": facts["folder"] + "/missing"}),
    ("app/getFreeSpaceAtPath", "app_get_free_space_at_path", {"path": facts["folder"]}),
    ("clientdata/load", "clientdata_load", {}),
    ("log/main", "log_main", {}),
    ("log/main", "log_main", {"normal": False, "info": False, "warning": True, "critical": True}),
    ("log/peers", "log_peers", {}),
    ("rss/items", "rss_items", {}),
    ("rss/items", "rss_items", {"include_feed_data": True}),
    ("rss/rules", "rss_rules", {}),
    ("rss/exportRules", "rss_export_rules", {}),
    ("rss/matchingArticles", "rss_matching_articles", {"rule_name": "a rule"}),
    ("search/status", "search_status", {}),
    ("search/status", "search_status", {"search_id": 7}),
    ("search/results", "search_results", {"search_id": 7}),
    ("search/plugins", "search_plugins", {}),
    ("search/categories", "search_categories", {}),
    ("sync/maindata", "sync_maindata", {}),
    ("sync/torrentPeers", "sync_torrent_peers", of_one),
    ("sync/torrentPeers", "sync_torrent_peers", {"torrent_hash": no_hash}),
    ("torrentcreator/status", "torrentcreator_status", {}),
    ("torrentcreator/status", "torrentcreator_status", {"task_id": facts["task"]}),
    ("torrentcreator/torrentFile", "torrentcreator_torrent_file", {"task_id": facts["task"]}),
    ("torrents/info", "torrents_info", {}),
    ("torrents/info", "torrents_info", {"status_filter": "completed", "category": "films", "sort": "name"}),
    ("torrents/info", "torrents_info", {"limit": 1, "offset": 1, "reverse": True, **of_all}),
    ("torrents/count", "torrents_count", {}),
    ("torrents/properties", "torrents_properties", of_one),
    ("torrents/properties", "torrents_properties", {"torrent_hash": no_hash}),
    ("torrents/trackers", "torrents_trackers", of_one),
    ("torrents/webseeds", "torrents_webseeds", of_one),
    ("torrents/files", "torrents_files", of_one),
    ("torrents/pieceStates", "torrents_piece_states", of_one),
    ("torrents/pieceHashes", "torrents_piece_hashes", of_one),
    ("torrents/pieceAvailability", "torrents_piece_availability", of_one),
    ("torrents/SSLParameters", "torrents_ssl_parameters", of_one),
    ("torrents/export", "torrents_export", of_one),
    ("torrents/downloadFile", "torrents_download_file", {"file": "0", **of_one}),
    ("torrents/parseMetadata", "torrents_parse_metadata", {"torrent_files": facts["torrent"]}),
    ("torrents/categories", "torrents_categories", {}),
    ("torrents/tags", "torrents_tags", {}),
    ("torrents/downloadLimit", "torrents_download_limit", of_all),
    ("torrents/uploadLimit", "torrents_upload_limit", of_all),
    ("transfer/info", "transfer_info", {}),
    ("transfer/speedLimitsMode", "transfer_speed_limits_mode", {}),
    ("transfer/downloadLimit", "transfer_download_limit", {}),
    ("transfer/uploadLimit", "transfer_upload_limit", {}),
    ("transfer/getSpeedLimits", "transfer_speed_limits", {}),
]
WRITES = set(
    """
    app_shutdown app_set_preferences app_set_cookies app_send_test_email app_rotate_api_key app_delete_api_key
    auth_log_in auth_log_out clientdata_store rss_add_folder rss_add_feed rss_set_feed_url rss_set_feed_refresh_interval
    rss_remove_item rss_move_item rss_refresh_item rss_mark_as_read rss_set_rule rss_rename_rule rss_clone_rule
    rss_remove_rule rss_import_rules search_start search_stop search_delete search_install_plugin
    search_uninstall_plugin search_enable_plugin search_update_plugins search_download_torrent torrentcreator_add_task
    torrentcreator_delete_task torrents_add torrents_add_webseeds torrents_edit_webseed torrents_remove_webseeds
    torrents_set_ssl_parameters torrents_add_trackers torrents_edit_tracker torrents_remove_trackers
    torrents_file_priority torrents_rename torrents_rename_file torrents_rename_folder torrents_start torrents_stop
    torrents_delete torrents_recheck torrents_reannounce torrents_increase_priority torrents_decrease_priority
    torrents_top_priority torrents_bottom_priority torrents_set_download_limit torrents_set_share_limits
    torrents_set_upload_limit torrents_set_location torrents_set_save_path torrents_set_download_path
    torrents_set_category torrents_set_auto_management torrents_set_comment torrents_toggle_sequential_download
    torrents_toggle_first_last_piece_priority torrents_set_force_start torrents_set_super_seeding torrents_add_peers
    torrents_create_category torrents_edit_category torrents_remove_categories torrents_add_tags torrents_set_tags
    torrents_remove_tags torrents_create_tags torrents_delete_tags transfer_set_speed_limits_mode
    transfer_set_download_limit transfer_set_upload_limit transfer_set_speed_limits transfer_ban_peers
    transfer_pause_session transfer_resume_session torrents_fetch_metadata torrents_save_metadata
    """.split()
)


def calls_of_library():
    """The names of its functions that send a request."""
    for kind in qbittorrentapi.Client.__mro__:
        if not kind.__module__.startswith("qbittorrentapi."):
            continue
        for name, function in vars(kind).items():
            if not name.startswith("_") and inspect.isfunction(function) and sends(function):
                yield function.__name__


def sends(function):
    source = inspect.getsource(inspect.unwrap(function))
    tree = ast.parse(textwrap.dedent(source))
    return any(
        isinstance(node, ast.Call) and any(keyword.arg == "_method" for keyword in node.keywords)
        for node in ast.walk(tree)
    )


sent = []
send = requests.Session.send


def record(session, request, **options):
    response = send(session, request, **options)
    sent.append((request, response))
    return response


requests.Session.send = record


def fields(request):
    text = urllib.parse.urlsplit(request.url).query
    if request.headers.get("Content-Type") == "application/x-www-form-urlencoded":
        text += "&" + (request.body.decode() if isinstance(request.body, bytes) else request.body or "")
    return urllib.parse.parse_qsl(text, keep_blank_values=True)


def answer(client, endpoint, function, arguments):
    sent.clear()
    told = {"endpoint": endpoint, "fields": [], "status": None, "body": ""}
    try:
        getattr(client, function)(**arguments)
    except NotImplementedError:
        return told
    except qbittorrentapi.APIError:
        pass
    request, response = sent[-1]
    assert urllib.parse.urlsplit(request.url).path == "/api/v2/" + endpoint, request.url
    told["fields"] = fields(request)
    told["status"] = response.status_code
    told["body"] = base64.b64encode(response.content).decode()
    return told


unknown = set(calls_of_library()) - {function for _, function, _ in READS} - WRITES
if unknown:
    sys.exit("neither known to read nor to write: " + " ".join(sorted(unknown)))
client = qbittorrentapi.Client(
    url, username=username, password=password, RAISE_NOTIMPLEMENTEDERROR_FOR_UNIMPLEMENTED_API_ENDPOINTS=True
)
client.auth_log_in()
json.dump([answer(client, *read) for read in READS], sys.stdout)
client.auth_log_out()
