-- For wrk: the cookie of a session, from a file that nobody else can read.
local file = assert(io.open(os.getenv("COOKIE_FILE")))
wrk.headers["Cookie"] = file:read("l")
file:close()
