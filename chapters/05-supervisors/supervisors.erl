-module(supervisors).
-behaviour(supervisor).
-export([tell/1, init/1, start_worker/1, worker/1, oven/0, start_inner/2]).

%% In a process of its own, which lives to see how its supervisors end.
tell(Name) ->
    {Teller, Ref} = spawn_monitor(fun() ->
        process_flag(trap_exit, true),
        story(Name)
    end),
    receive {'DOWN', Ref, process, Teller, normal} -> ok end.

story(tree) -> tree();
story(strategies) ->
    [death_of_b(S) || S <- [one_for_one, one_for_all, rest_for_one]];
story('restart-types') -> restart_types();
story(intensity) ->
    [begin io:format("-- intensity ~p~n", [N]), deaths(N) end
     || N <- [2, 1, 0]];
story(starting) -> starting().

%% #region worker
worker(Name) ->
    print("~s starts~n", [Name]),
    register(Name, self()),
    process_flag(trap_exit, true),
    proc_lib:init_ack({ok, self()}),
    receive
        {die, Reason} -> exit(Reason);
        {'EXIT', _From, Reason} ->
            print("~s stops: ~p~n", [Name, Reason]),
            exit(Reason)
    end.
%% #endregion

%% #region child
start_worker(Name) ->
    proc_lib:start_link(?MODULE, worker, [Name]).

child(Name) ->
    #{id => Name, start => {?MODULE, start_worker, [Name]}}.
%% #endregion

%% #region tree
specs() ->
    [inner('S1', [child('P0'), child('P1')]),
     inner('S2', [child('P2'), child('P3')])].

inner(Name, Children) ->
    #{id => Name,
      type => supervisor,
      start => {?MODULE, start_inner, [Name, Children]}}.

start_inner(Name, Children) ->
    supervisor:start_link({local, Name}, ?MODULE, {#{}, Children}).

init({Flags, Children}) -> {ok, {Flags, Children}}.
%% #endregion

start_top(Flags, Children) ->
    {ok, Top} = supervisor:start_link(?MODULE, {Flags, Children}),
    Top.

stop_top(Top) ->
    exit(Top, shutdown),
    receive {'EXIT', Top, Reason} -> Reason end.

%% #region told
tree() ->
    Top = start_top(#{}, specs()),
    io:format("-- P1 dies~n"),
    'P1' ! {die, boom},
    timer:sleep(50),
    io:format("-- S0 is told to stop~n"),
    stop_top(Top).
%% #endregion

death_of_b(Strategy) ->
    io:format("-- b dies under ~p~n", [Strategy]),
    Children = [child(Id) || Id <- [a, b, c, d]],
    Top = silently(fun() -> start_top(#{strategy => Strategy}, Children) end),
    b ! {die, boom},
    timer:sleep(50),
    silently(fun() -> stop_top(Top) end).

silently(Act) ->
    persistent_term:put(quiet, true),
    Result = Act(),
    persistent_term:put(quiet, false),
    Result.

print(Format, Arguments) ->
    case persistent_term:get(quiet, false) of
        true -> ok;
        false -> io:format(Format, Arguments)
    end.

restart_types() ->
    Types = [permanent, transient, temporary],
    row(["ends with" | [atom_to_list(Type) || Type <- Types]]),
    [row([label(Reason) |
          [silently(fun() -> fate(Type, Reason) end) || Type <- Types]])
     || Reason <- [normal, shutdown, {shutdown, late}, boom, kill]].

fate(Type, Reason) ->
    Top = start_top(#{}, [(child(a))#{restart => Type}]),
    a ! {die, Reason},
    timer:sleep(50),
    Listed = supervisor:which_children(Top),
    stop_top(Top),
    case Listed of
        [] -> "gone";
        [{a, undefined, _, _}] -> "kept";
        [{a, Pid, _, _}] when is_pid(Pid) -> "back"
    end.

label({shutdown, What}) -> "shutdown " ++ atom_to_list(What);
label(Reason) -> atom_to_list(Reason).

row([First, Second, Third, Last]) ->
    io:format("~-15s~-12s~-12s~s~n", [First, Second, Third, Last]).

deaths(Intensity) ->
    Flags = #{intensity => Intensity, period => 5},
    die(start_top(Flags, [child(a), child(b)]), 1).

die(Top, Death) ->
    io:format("-- a dies, for time number ~p~n", [Death]),
    a ! {die, boom},
    timer:sleep(50),
    case is_process_alive(Top) of
        true -> die(Top, Death + 1);
        false ->
            receive {'EXIT', Top, Reason} ->
                io:format("The supervisor has ended: ~p~n", [Reason])
            end
    end.

starting() ->
    io:format("-- a slow one first~n"),
    Oven = #{id => oven, start => {proc_lib, start_link, [?MODULE, oven, []]}},
    Top = start_top(#{}, [Oven, child(till)]),
    io:format("the supervisor has started~n"),
    stop_top(Top),
    io:format("-- one that does not start~n"),
    Baker = #{id => baker, start => {erlang, list_to_tuple,
                                     [[error, no_flour]]}},
    Children = [child(a), Baker, child(c)],
    Failed = supervisor:start_link(?MODULE, {#{}, Children}),
    io:format("~p~n", [Failed]).

oven() ->
    timer:sleep(100),
    io:format("oven starts~n"),
    proc_lib:init_ack({ok, self()}),
    receive after infinity -> ok end.
