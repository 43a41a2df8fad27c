-module(counter_server).
-behaviour(gen_server).
-export([tell/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

%% In a process of its own: the one that `erl -eval` runs in traps exits.
tell(Name) ->
    {Teller, Ref} = spawn_monitor(fun() -> story(Name) end),
    receive {'DOWN', Ref, process, Teller, normal} -> ok end.

story(otp) -> user(7), user(-1);
story(order) -> order();
story(starts) -> starts();
story(failures) -> failures();
story(terminate) -> table().

%% #region counter
init(First) when is_integer(First), First < 0 ->
    {stop, 'below zero'};
init(First) when is_integer(First) ->
    {ok, First};
%% #endregion
init([]) -> {ok, []};
init({candle, Main, Traps}) ->
    process_flag(trap_exit, Traps),
    {ok, Main};
init(Init) when is_function(Init) -> Init().

%% #region callbacks
handle_call({add, Amount}, _From, Count) ->
    {reply, Count + Amount, Count + Amount};
handle_call(count, _From, Count) ->
    {reply, Count, Count};
%% #endregion
handle_call({say, Word}, _From, Heard) ->
    All = Heard ++ ["call " ++ Word],
    {reply, All, All};
handle_call({work, ForMs}, _From, State) ->
    timer:sleep(ForMs),
    {reply, done, State};
handle_call(fail, _From, _State) ->
    exit(broken).

%% #region cast
handle_cast(reset, _Count) ->
    {noreply, 0};
%% #endregion
handle_cast({say, Word}, Heard) -> {noreply, Heard ++ ["cast " ++ Word]};
handle_cast(stop, State) -> {stop, normal, State};
handle_cast(crash, _State) -> error('an error').

handle_info({say, Word}, Heard) -> {noreply, Heard ++ ["info " ++ Word]};
handle_info({'EXIT', _From, _Reason}, State) -> {noreply, State}.

terminate(Reason, Main) when is_pid(Main) -> Main ! {terminate, Reason};
terminate(_Reason, _State) -> ok.

%% #region user
user(First) ->
    case gen_server:start(?MODULE, First, []) of
        {error, Reason} ->
            io:format("Not started: ~p.~n", [Reason]);
        {ok, Server} ->
            Count = gen_server:call(Server, {add, 4}),
            gen_server:cast(Server, reset),
            Later = gen_server:call(Server, count),
            io:format("The count is ~p, and after a reset ~p.~n",
                      [Count, Later]),
            gen_server:stop(Server)
    end.
%% #endregion

order() ->
    {ok, Server} = gen_server:start(?MODULE, [], []),
    gen_server:cast(Server, {say, "one"}),
    Server ! {say, "two"},
    gen_server:cast(Server, {say, "three"}),
    Heard = gen_server:call(Server, {say, "four"}),
    io:format("~s~n", [lists:join(", ", Heard)]).

words({Reason, [{_, _, _, _} | _]}) -> words(Reason);
words(Reason) when is_tuple(Reason) ->
    lists:join(" ", [words(R) || R <- tuple_to_list(Reason)]);
words(Reason) -> io_lib:format("~p", [Reason]).

print(Text) -> io:format("~s~n", [Text]).

%% What init says, and what its starter gets to know.
starts() ->
    Inits = [{"answers [ok, 0]", fun() -> {ok, 0} end},
             {"answers [stop, why]", fun() -> {stop, why} end},
             {"exits why", fun() -> exit(why) end},
             {"throws oops", fun() -> error(oops) end},
             {"answers ignore", fun() -> ignore end}],
    print_starts(["init", "start", "startLink", "startLink, trapping"]),
    [print_starts([Name | [attempt(Init, How) ||
                              How <- [alone, linked, trapping]]]) ||
        {Name, Init} <- Inits].

print_starts([First, Second, Third, Last]) ->
    io:format("~s|~s|~s|~s~n", [lists:flatten(One) ||
                                   One <- [First, Second, Third, Last]]).

attempt(Init, How) ->
    Main = self(),
    {_, Ref} = spawn_monitor(fun() ->
        process_flag(trap_exit, How =:= trapping),
        Result = case How of
            alone -> gen_server:start(?MODULE, Init, []);
            _ -> gen_server:start_link(?MODULE, Init, [])
        end,
        Heard = receive {'EXIT', _, Reason} -> [", EXIT ", words(Reason)]
                after 50 -> ""
                end,
        Main ! {answered, [in_short(Result), Heard]}
    end),
    receive
        {answered, What} -> demonitor(Ref, [flush]), What;
        {'DOWN', Ref, process, _, Reason} -> ["dies: ", words(Reason)]
    end.

in_short(ignore) -> "ignore";
in_short({ok, _}) -> "ok";
in_short({error, Reason}) -> ["error ", words(Reason)].

failures() ->
    {ok, Server} = gen_server:start(?MODULE, 0, []),
    Elsewhere = {clerk, 'nobody@127.0.0.1'},
    print(["in time: ", ask(Server, {work, 1})]),
    print(["too slow: ", ask(Server, {work, 600})]),
    io:format("still alive: ~p~n", [is_process_alive(Server)]),
    timer:sleep(1000),
    print(["broken by it: ", ask(Server, fail)]),
    print(["gone: ", ask(Server, fail)]),
    print(["on no node: ", ask(Elsewhere, fail)]),
    print(["a cast says: ", words(gen_server:cast(Elsewhere, fail))]).

%% #region ask
ask(Server, Request) ->
    try gen_server:call(Server, Request, 200) of
        Reply -> words(Reply)
    catch
        exit:{Reason, _Call} -> [words(Reason), ". ", meaning(Reason)]
    end.
%% #endregion

%% #region meaning
meaning(timeout) -> "It may live, and may do the work yet.";
meaning(noproc) -> "There is none. Nothing was done.";
meaning({nodedown, _}) -> "Out of reach. Nothing is known.";
meaning(_) -> "It died first. The work may be half done.".
%% #endregion

table() ->
    print_ending(["does terminate run?", "does not trap", "traps exits"]),
    [print_ending([Name, play(Who, Act, false), play(Who, Act, true)]) ||
        {Name, Who, Act} <- endings()].

print_ending([First, Second, Third]) ->
    io:format("~s|~s|~s~n", [First, Second, lists:flatten(Third)]).

endings() ->
    [{"a callback answers stop", starter,
      fun(Server) -> gen_server:cast(Server, stop) end},
     {"a callback throws", starter,
      fun(Server) -> gen_server:cast(Server, crash) end},
     {"genServer.stop", stranger,
      fun(Server) -> gen_server:stop(Server) end},
     {"is sent kill", stranger, fun(Server) -> exit(Server, kill) end},
     {"starter ends: boom", starter, fun(_) -> exit(boom) end},
     {"starter ends: normal", starter, fun(_) -> exit(normal) end},
     {"starter sends shutdown", starter,
      fun(Server) -> exit(Server, shutdown) end},
     {"stranger sends boom", stranger,
      fun(Server) -> exit(Server, boom) end}].

play(Who, Act, Traps) ->
    Main = self(),
    Starter = spawn(fun() -> starter(Main, Traps) end),
    Server = receive {born, Pid} -> Pid end,
    Ref = monitor(process, Server),
    case Who of
        starter -> Starter ! {do, fun() -> Act(Server) end};
        stranger -> Act(Server)
    end,
    Word = receive {terminate, Reason} -> ["yes: ", words(Reason)]
           after 200 -> no
           end,
    End = receive {'DOWN', Ref, process, _, Why} -> words(Why)
          after 50 -> "lives on"
          end,
    demonitor(Ref, [flush]),
    [exit(P, kill) || P <- [Server, Starter]],
    case Word of
        no -> ["no: ", End];
        _ -> Word
    end.

starter(Main, Traps) ->
    process_flag(trap_exit, true),
    {ok, Server} = gen_server:start_link(?MODULE, {candle, Main, Traps}, []),
    Main ! {born, Server},
    starting().

starting() ->
    receive
        {do, What} -> What(), starting();
        {'EXIT', _, _} -> starting()
    end.
