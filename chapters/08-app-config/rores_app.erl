-module(rores_app).
-behaviour(application).
-behaviour(supervisor).
-export([start/2, stop/1, init/1, read/1, gives_up/1]).

%% #region start
start(_Type, _Arguments) ->
    supervisor:start_link({local, rores_sup}, ?MODULE, []).

stop(_State) ->
    io:format("rores: has stopped~n").
%% #endregion

%% #region init
init([]) ->
    Flags = #{strategy => one_for_one, intensity => 5, period => 10},
    Start = {proc_lib, start_link, [erlang, apply, [validator(), []]]},
    {ok, {Flags, [#{id => validator,
                    start => Start,
                    restart => permanent,
                    shutdown => 5000}]}}.
%% #endregion

validator() ->
    fun() ->
        register(validator, self()),
        proc_lib:init_ack({ok, self()}),
        receive stop -> ok end
    end.

%% #region read
read(File) ->
    case file:consult(File) of
        {ok, [Options]} when is_list(Options) ->
            {ok, proplists:get_value(hostname, Options, "127.0.0.1"),
                 proplists:get_value(port, Options, 9527)};
        {ok, _} ->
            {error, "expected one list"};
        {error, Reason} ->
            {error, lists:flatten(file:format_error(Reason))}
    end.
%% #endregion

gives_up(Type) ->
    logger:set_primary_config(level, none),
    ok = application:load({application, rores,
        [{mod, {?MODULE, []}}, {applications, [kernel, stdlib]}]}),
    ok = application:start(rores, Type),
    [kill(N) || N <- lists:seq(1, 6)],
    timer:sleep(case Type of temporary -> 200; _ -> 10000 end),
    io:format("the node lives~n").

kill(_) ->
    case whereis(validator) of
        undefined -> timer:sleep(1), kill(again);
        Pid ->
            Ref = monitor(process, Pid),
            exit(Pid, boom),
            receive {'DOWN', Ref, process, Pid, _} -> ok end
    end.
