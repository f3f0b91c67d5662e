-- Removes the state of a call and returns it to its new owner: see RedisCallStore.
local state, owner = KEYS[1], KEYS[2]
local me, lifetime = ARGV[1], ARGV[2]
local value = redis.call('GETDEL', state)
if not value then
    return {}
end
redis.call('SET', owner, me, 'PX', lifetime)
return {value}
