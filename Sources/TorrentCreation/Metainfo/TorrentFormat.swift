/// Which of BitTorrent's two file formats a torrent is made in. The names are those of the Torrent Creator API.
package enum TorrentFormat: String, CaseIterable, Hashable, Sendable {
    case v1, v2, hybrid
}
