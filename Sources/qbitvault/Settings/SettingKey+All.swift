extension SettingKey {
    /// Every key there is. What is not in this table is refused.
    static let all = qbittorrent + auth + credentials + creation

    private static let qbittorrent = [
        SettingKey(.qbittorrent, "url", .url, \.qbittorrent.url, .secretive),
        SettingKey(.qbittorrent, "host", .host, \.qbittorrent.host, .address),
        SettingKey(.qbittorrent, "port", .whole(1...65535), \.qbittorrent.port, .address),
        SettingKey(.qbittorrent, "use_https", .flag, \.qbittorrent.useHTTPS, .address),
        SettingKey(.qbittorrent, "base_path", .basePath, \.qbittorrent.basePath, .address),
        SettingKey(.qbittorrent, "username", .name, \.qbittorrent.username),
        SettingKey(.qbittorrent, "verify_tls", .flag, \.qbittorrent.verifyTLS, [.guarded, .fileOnly]),
        SettingKey(.qbittorrent, "ca_file", .path, \.qbittorrent.caFile, [.guarded, .fileOnly]),
        SettingKey(.qbittorrent, "client_certificate", .path, \.qbittorrent.clientCertificate, .guarded),
        SettingKey(.qbittorrent, "client_key", .path, \.qbittorrent.clientKey, .guarded),
        SettingKey(.qbittorrent, "allow_plain_http", .hosts, \.qbittorrent.allowPlainHTTP, [.guarded, .fileOnly]),
        SettingKey(.qbittorrent, "headers", .headers, \.qbittorrent.headers, [.guarded, .secretive, .fileOnly]),
        SettingKey(.qbittorrent, "connection_timeout", .seconds, \.qbittorrent.connectionTimeout),
        SettingKey(.qbittorrent, "read_timeout", .seconds, \.qbittorrent.readTimeout),
        SettingKey(.qbittorrent, "pool_connections", .whole(1...1000), \.qbittorrent.poolConnections, .common),
        SettingKey(.qbittorrent, "pool_maxsize", .whole(1...1000), \.qbittorrent.poolMaxSize),
        SettingKey(.qbittorrent, "docker_path_mapping", .pathRules, \.qbittorrent.dockerPathMapping),
    ]

    private static let auth = [SettingKey(.auth, "method", .choice, \.qbittorrent.authMethod)]

    private static let credentials = [
        SettingKey(.credentials, "store", .choice, \.credentials.store),
        SettingKey(.credentials, "vault_path", .path, \.credentials.vault, alias: "vault"),
        SettingKey(.credentials, "key_file", .path, \.credentials.keyFile),
        SettingKey(.credentials, "keyring_timeout", .seconds, \.credentials.keyringTimeout),
        SettingKey(.credentials, "keyring_dialog_timeout", .seconds, \.credentials.keyringDialogTimeout),
        SettingKey(
            .credentials, "passphrase_command", .command, \.credentials.passphraseCommand,
            [.command, .secretive, .fileOnly]),
        SettingKey(
            .credentials, "command", .command, \.credentials.command, [.command, .secretive, .fileOnly]),
        SettingKey(.credentials, "command_names", .credentialNames, \.credentials.commandNames),
        SettingKey(.credentials, "command_timeout", .seconds, \.credentials.commandTimeout),
    ]

    private static let creation = [
        SettingKey(.torrentCreation, "format", .choice(["v1", "v2", "hybrid"]), \.torrentCreation.format),
        SettingKey(.torrentCreation, "private", .flag, \.torrentCreation.isPrivate),
        SettingKey(.torrentCreation, "piece_size", .pieceSize, \.torrentCreation.pieceSize),
        SettingKey(.torrentCreation, "comment", .text, \.torrentCreation.comment, .secretive),
        SettingKey(.torrentCreation, "source", .text, \.torrentCreation.source, .secretive),
        SettingKey(.torrentCreation, "trackers", .tiers, \.torrentCreation.trackers, .secretive),
        SettingKey(.torrentCreation, "web_seeds", .texts, \.torrentCreation.webSeeds, .secretive),
        SettingKey(.torrentCreation, "ignore_dotfiles", .flag, \.torrentCreation.ignoreDotfiles),
        SettingKey(.torrentCreation, "optimize_alignment", .flag, \.torrentCreation.optimizeAlignment),
        SettingKey(.torrentCreation, "padded_file_size_limit", .size, \.torrentCreation.paddedFileSizeLimit),
        SettingKey(.torrentCreation, "start_seeding", .flag, \.torrentCreation.startSeeding),
        SettingKey(.torrentCreation, "category", .text, \.torrentCreation.category),
        SettingKey(.torrentCreation, "tags", .texts, \.torrentCreation.tags),
        SettingKey(.torrentCreation, "save_path", .text, \.torrentCreation.savePath),
        SettingKey(.torrentCreation, "verify_data", .flag, \.torrentCreation.verifiesData),
        SettingKey(.torrentCreation, "output_dir", .path, \.torrentCreation.outputFolder),
        SettingKey(.torrentCreation, "output_mode", .mode, \.torrentCreation.outputMode),
        SettingKey(.torrentCreation, "timeout", .seconds, \.torrentCreation.timeout),
        SettingKey(.torrentCreation, "poll_interval", .seconds, \.torrentCreation.pollInterval),
        SettingKey(.torrentCreation, "max_time", .seconds, \.torrentCreation.longest),
    ]
}
