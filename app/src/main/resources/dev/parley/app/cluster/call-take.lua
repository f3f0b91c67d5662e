-- Returns the state of a call to its new owner, until whose first write it stays: see RedisCallStore.
local state, owner = KEYS[1], KEYS[2]
local me, lifetime = ARGV[1], ARGV[2]
local value = redis.call('GET', state)
if not value then
    return {}
end
redis.call('SET', owner, me, 'PX', lifetime)
redis.call('PEXPIRE', state, lifetime)
return {value}
