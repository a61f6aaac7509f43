package import Secrets
package import SystemPackage

/// How much more memory this process may take, and what sets that limit.
package struct MemoryRoom: Hashable, Sendable {
    package enum Limit: Hashable, Sendable {
        /// What the machine has left.
        case machine
        /// A control group, as containers and services have one: this folder of its file system says so.
        case group(FilePath)
        /// `ulimit -v`
        case addressSpace
        /// `ulimit -d`
        case data
    }

    /// In bytes.
    package let bytes: UInt64
    package let limit: Limit

    package init(bytes: UInt64, limit: Limit) {
        self.bytes = bytes
        self.limit = limit
    }

    /// What the rest of a run takes beside a passphrase's memory, in bytes.
    static let reserve: UInt64 = 8 << 20

    /// What deriving a key at this cost takes, in bytes.
    package static func need(of cost: PassphraseCost) -> UInt64 { cost.memory + reserve }

    package func holds(_ cost: PassphraseCost) -> Bool { Self.need(of: cost) <= bytes }
}

/// Memory that there is not.
package struct MemoryShortage: Hashable, Sendable {
    package enum Purpose: Hashable, Sendable {
        case passphrase
        /// The vault itself, which is in memory whole, more than once while it is opened or changed.
        case vault
    }

    package let purpose: Purpose
    /// In bytes.
    package let needed: UInt64
    /// Nil where the system refused it although nothing told so before.
    package let room: MemoryRoom?

    package init(of cost: PassphraseCost, in room: MemoryRoom?) {
        purpose = .passphrase
        needed = MemoryRoom.need(of: cost)
        self.room = room
    }
}

extension MemoryShortage {
    /// What is missing for a vault of so many bytes; nil where nothing is. A small one is not worth the look.
    static func ofVault(size: Int) -> MemoryShortage? {
        guard size > 1 << 20 else { return nil }
        let room = MemoryRoom.now()
        let needed = UInt64(size) * 8 + MemoryRoom.reserve
        return room.bytes < needed ? MemoryShortage(purpose: .vault, needed: needed, room: room) : nil
    }

    private init(purpose: Purpose, needed: UInt64, room: MemoryRoom?) {
        (self.purpose, self.needed, self.room) = (purpose, needed, room)
    }
}

extension MemoryRoom {
    /// The least of all limits. What cannot be read limits nothing.
    ///
    /// - Parameter root: where the system's files are, such as `/proc/meminfo`.
    package static func now(root: FilePath = "/") -> MemoryRoom {
        let files = SystemFiles(root: root)
        let limits = [files.machineRoom] + files.groupRooms + ResourceLimits.rooms(files)
        return limits.compactMap(\.self).min { $0.bytes < $1.bytes } ?? MemoryRoom(bytes: .max, limit: .machine)
    }
}
