# A configuration of JupyterHub (5 or later) with oauthenticator 17 for Guildhall. It reads what differs between hubs from the
# environment. Load it from your own jupyterhub_config.py: load_subconfig('guildhall/jupyterhub_config.py')
#
#   GUILDHALL_ISSUER         the address of the portal, such as https://portal.example.org
#   GUILDHALL_CLIENT_ID      the client of the hub in the portal; its scopes are: openid profile email access
#   GUILDHALL_CLIENT_SECRET
#   GUILDHALL_HUB_TOKEN      the token that the connection in the portal uses; make it with: openssl rand -hex 32
#   GUILDHALL_GROUP          the group of the people who may use the hub; "guildhall" if it is not set
#   GUILDHALL_CPU_KEY        the key of the number of the quota role that limits the cores of a server; "cpu"; empty for no limit
#   GUILDHALL_MEMORY_KEY     the key of the number that limits its memory; "memory"; empty for no limit
#   OAUTH_CALLBACK_URL       https://<the hub>/hub/oauth_callback, as registered with the client
#   JUPYTERHUB_CRYPT_KEY     encrypts the tokens of people in the hub's database; make it with: openssl rand -hex 32
import json
import os

from oauthenticator.generic import GenericOAuthenticator
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.web import HTTPError

c = get_config()  # noqa: F821

issuer = os.environ['GUILDHALL_ISSUER'].rstrip('/')
group = os.environ.get('GUILDHALL_GROUP', 'guildhall')
cpu_key = os.environ.get('GUILDHALL_CPU_KEY', 'cpu')
memory_key = os.environ.get('GUILDHALL_MEMORY_KEY', 'memory')

# Signing in. The name of a person in the hub is their account's id, which never changes.
c.JupyterHub.authenticator_class = GenericOAuthenticator
c.GenericOAuthenticator.login_service = 'Guildhall'
# Nobody has to press a button to sign in: there is one way.
c.GenericOAuthenticator.auto_login = True
c.GenericOAuthenticator.client_id = os.environ['GUILDHALL_CLIENT_ID']
c.GenericOAuthenticator.client_secret = os.environ['GUILDHALL_CLIENT_SECRET']
c.GenericOAuthenticator.authorize_url = f'{issuer}/openid/auth'
c.GenericOAuthenticator.token_url = f'{issuer}/openid/token'
c.GenericOAuthenticator.userdata_url = f'{issuer}/openid/userinfo'
c.GenericOAuthenticator.scope = ['openid', 'profile', 'email', 'access']
c.GenericOAuthenticator.username_claim = 'sub'
c.GenericOAuthenticator.enable_pkce = True
# Clients of the portal prove who they are in the header, not in the form.
c.GenericOAuthenticator.basic_auth = True
# The portal decides who may sign in: it refuses people without a usable role on this service.
c.GenericOAuthenticator.allow_all = True
# The groups are written by the portal through the hub's API.
c.GenericOAuthenticator.manage_groups = False
# The hub asks the portal again at least every minute that a person is active, and before each start of a server.
c.GenericOAuthenticator.enable_auth_state = True
c.GenericOAuthenticator.auth_refresh_age = 60
c.GenericOAuthenticator.refresh_pre_spawn = True
# Before 6.1 this is always so. Without it, running servers and tokens go on when the portal refuses a person.
c.GenericOAuthenticator.auth_refresh_strict = True

# Rights. Without `self` in the default role, people can do nothing in the hub until they are in the group, and nothing again
# as soon as they are not.
c.JupyterHub.load_groups = {group: {}}
c.JupyterHub.load_roles = [
    {'name': 'user', 'scopes': []},
    {'name': 'guildhall-people', 'scopes': ['self'], 'groups': [group]},
    {
        'name': 'guildhall-connection',
        'scopes': ['admin:users', 'groups', 'servers', 'tokens'],
        'services': ['guildhall'],
    },
]
c.JupyterHub.services = [{'name': 'guildhall', 'api_token': os.environ['GUILDHALL_HUB_TOKEN']}]

# Single-user servers ask the hub whether a request may pass, and keep the answer for 5 minutes by default. 0 keeps it for ever.
c.Spawner.args = ['--HubOAuth.cache_max_age=10']

# Sizes. They come from the portal at the moment of the start, never from the form or the options that people can send.
bytes_of_unit = {
    '': 1,
    'B': 1,
    **{f'{prefix}B': 1000**power for power, prefix in enumerate(['k', 'M', 'G', 'T'], 1)},
    **{f'{prefix}iB': 1024**power for power, prefix in enumerate(['K', 'M', 'G', 'T'], 1)},
}


async def claims_of(user):
    """What the portal says about a person now; the start is refused where it says nothing."""
    state = await user.get_auth_state()
    if not state or not state.get('access_token'):
        raise HTTPError(403, 'Sign in to the hub first: it asks the portal for the size of your server.')
    request = HTTPRequest(
        f'{issuer}/openid/userinfo',
        headers={'Authorization': f'Bearer {state["access_token"]}'},
        request_timeout=20,
    )
    try:
        answer = await AsyncHTTPClient().fetch(request)
    except HTTPClientError as error:
        if error.code in (401, 403):
            raise HTTPError(403, 'The portal says that you may not use this hub.') from error
        raise HTTPError(503, 'The portal does not answer. Try again later.') from error
    return json.loads(answer.body)


def number_of(claims, key):
    """A number of the quota role with its unit; None if it is unlimited."""
    number = next((one for one in claims.get('quota') or [] if one['key'] == key), None)
    if number is None:
        raise HTTPError(403, f'Your quota role in the portal has no number "{key}".')
    return None if number['value'] is None else (number['value'], number['unit'])


async def set_sizes(spawner):
    claims = await claims_of(spawner.user)
    if not claims.get('access_role') or not claims.get('quota_role'):
        raise HTTPError(403, 'You have no role in the portal for this hub.')
    # The hub puts both limits into the environment of the server, as CPU_LIMIT and MEM_LIMIT.
    if cpu_key:
        cpu = number_of(claims, cpu_key)
        spawner.cpu_limit = None if cpu is None else float(cpu[0])
    if memory_key:
        memory = number_of(claims, memory_key)
        if memory and memory[1] not in bytes_of_unit:
            raise HTTPError(500, f'The hub does not know this unit of memory: {memory[1]}')
        spawner.mem_limit = None if memory is None else int(memory[0] * bytes_of_unit[memory[1]])


c.Spawner.pre_spawn_hook = set_sizes
