-- Stores the state of a call, unless another owner has taken it: see RedisCallStore.
local state, owner = KEYS[1], KEYS[2]
local me, lifetime, value = ARGV[1], ARGV[2], ARGV[3]
local present = redis.call('GET', owner)
if present and present ~= me then
    return {'taken'}
end
redis.call('SET', owner, me, 'PX', lifetime)
redis.call('SET', state, value, 'PX', lifetime)
return {'stored'}
