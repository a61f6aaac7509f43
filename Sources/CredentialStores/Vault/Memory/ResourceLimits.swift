import Glibc
import SystemPackage

/// What this process may take by setrlimit(2).
enum ResourceLimits {
    static func rooms(_ files: SystemFiles) -> [MemoryRoom?] {
        // In pages: size, resident, shared, text, 0, data and stack, 0.
        let used = files.text("/proc/self/statm")?.split(separator: " ").map { UInt64($0) } ?? []
        let page = UInt64(getpagesize())
        func room(_ resource: __rlimit_resource, _ field: Int, _ limit: MemoryRoom.Limit) -> MemoryRoom? {
            guard let most = most(resource), used.count > field, let pages = used[field] else { return nil }
            let taken = pages * page
            return MemoryRoom(bytes: most > taken ? most - taken : 0, limit: limit)
        }
        return [room(RLIMIT_AS, 0, .addressSpace), room(RLIMIT_DATA, 5, .data)]
    }

    /// Nil where there is no limit.
    private static func most(_ resource: __rlimit_resource) -> UInt64? {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return nil }
        // RLIM_INFINITY, which Swift cannot import.
        return limit.rlim_cur == .max ? nil : UInt64(limit.rlim_cur)
    }
}
