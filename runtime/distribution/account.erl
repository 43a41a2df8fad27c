%% A gen_server for the tests against real Erlang: an account, as a process of
%% this runtime has it. `later` replies from another process.
-module(account).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2]).

init(Opening) -> {ok, Opening}.

handle_call({deposit, Amount}, _From, Balance) ->
    {reply, Balance + Amount, Balance + Amount};
handle_call(balance, _From, Balance) ->
    {reply, Balance, Balance};
handle_call(later, From, Balance) ->
    spawn(fun() -> gen_server:reply(From, {later, Balance}) end),
    {noreply, Balance}.

handle_cast(reset, _Balance) -> {noreply, 0}.
