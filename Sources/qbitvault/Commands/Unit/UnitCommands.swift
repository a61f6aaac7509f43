import ArgumentParser

/// `qbitvault unit …`
struct UnitCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unit",
        abstract: "Print what runs a command line by itself: a systemd unit, a cron line, a container.",
        discussion: """
            It is made from what holds here and now: this program, the configuration in use, the vault, and the key file \
            that opens it. Nothing is installed and nothing is sent; the words at its head say what is left to do.

              qbitvault unit systemd --at 03:00 -- create /srv/music --output /srv/torrents
              qbitvault unit cron --every 6h -- check
              qbitvault unit compose -- check
            """,
        subcommands: [UnitSystemd.self, UnitCron.self, UnitCompose.self])
}
