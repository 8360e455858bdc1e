#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How many files and connections the process may have open.
enum OpenFiles {
    /// The most connections that are accepted: raises the process's limit as far as it may, and keeps some for files. What is
    /// beyond waits to be accepted.
    static let connections: Int = {
        var limit = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0 else { return 512 }
        var raised = limit
        raised.rlim_cur = min(limit.rlim_max, 262_144)
        if raised.rlim_cur > limit.rlim_cur, setrlimit(resource, &raised) == 0 { limit = raised }
        return max(64, Int(clamping: limit.rlim_cur) - 256)
    }()
}
