%% Runs scenarios under OTP's own supervisor and prints what happens in each,
%% one line a scenario. enact.ts does the same under ours.
-module(supervised).
-export([main/1, init/1, start_worker/4, worker/1]).

main([File]) ->
    logger:set_primary_config(level, none),
    {ok, Scenarios} = file:consult(File),
    lists:foreach(fun run/1, Scenarios).

init(Result) -> Result.

%% What happens is written into a table at once, so that its order is the true one.
log(Format, Args) ->
    Place = ets:update_counter(log, last, 1, {last, 0}),
    ets:insert(log, {Place, io_lib:format(Format, Args)}).

run({Strategy, Intensity, Auto, Specs, Ops}) ->
    ets:new(log, [named_table, public, ordered_set]),
    Starts = ets:new(starts, [public]),
    {_, Mon} = spawn_monitor(fun() ->
        process_flag(trap_exit, true),
        Flags = #{strategy => Strategy, intensity => Intensity,
                  period => 600, auto_shutdown => Auto},
        Children = [spec(Spec, Starts) || Spec <- Specs],
        case supervisor:start_link(?MODULE, {ok, {Flags, Children}}) of
            {ok, Sup} ->
                [begin op(Sup, Children, Op), log("~s", [children(Sup)]) end
                 || Op <- Ops],
                Ref = monitor(process, Sup),
                exit(Sup, shutdown),
                receive {'DOWN', Ref, _, _, _} -> ok end;
            {error, {shutdown, {failed_to_start_child, Id, _}}} ->
                log("refused for ~s", [Id])
        end
    end),
    receive {'DOWN', Mon, _, _, normal} -> ok end,
    Lines = [Line || {Place, Line} <- ets:tab2list(log), is_integer(Place)],
    io:format("~s~n", [lists:join("|", Lines)]),
    ets:delete(log).

spec({Id, Restart, Significant, Fails, Ignores}, Starts) ->
    #{id => Id, restart => Restart, significant => Significant,
      start => {?MODULE, start_worker, [Id, Fails, Ignores, Starts]}}.

start_worker(Id, Fails, Ignores, Starts) ->
    Count = ets:update_counter(Starts, Id, 1, {Id, 0}),
    case {lists:member(Count, Fails), lists:member(Count, Ignores)} of
        {true, _} -> log("fail ~s", [Id]), {error, no};
        {_, true} -> log("ignore ~s", [Id]), ignore;
        _ -> proc_lib:start_link(?MODULE, worker, [Id])
    end.

worker(Id) ->
    register(Id, self()),
    process_flag(trap_exit, true),
    log("start ~s", [Id]),
    proc_lib:init_ack({ok, self()}),
    receive
        {die, Reason} -> exit(Reason);
        {'EXIT', _, Reason} -> log("stop ~s ~s", [Id, Reason]), exit(Reason)
    end.

op(Sup, _, {die, Id, Reason}) ->
    case whereis(Id) of
        undefined -> log("nobody ~s", [Id]);
        Pid ->
            Ref = monitor(process, Pid),
            Pid ! {die, Reason},
            receive {'DOWN', Ref, _, _, _} -> settle(Sup) end
    end;
op(Sup, Children, {start, Id}) ->
    [Spec] = [Spec || Spec = #{id := Other} <- Children, Other =:= Id],
    ask(start, Id, fun() -> supervisor:start_child(Sup, Spec) end);
op(Sup, _, {terminate, Id}) ->
    ask(terminate, Id, fun() -> supervisor:terminate_child(Sup, Id) end);
op(Sup, _, {restart, Id}) ->
    ask(restart, Id, fun() -> supervisor:restart_child(Sup, Id) end);
op(Sup, _, {delete, Id}) ->
    ask(delete, Id, fun() -> supervisor:delete_child(Sup, Id) end).

ask(Name, Id, Fun) ->
    Answer = try answer(Fun()) catch exit:_ -> "gone" end,
    log("~s ~s: ~s", [Name, Id, Answer]).

answer(ok) -> "ok";
answer({ok, undefined}) -> "ok without pid";
answer({ok, _}) -> "ok with pid";
answer({error, {Reason, _}}) -> atom_to_list(Reason);
answer({error, Reason}) -> atom_to_list(Reason).

%% Waits until the supervisor has dealt with a death, or has gone itself.
settle(Sup) ->
    case catch supervisor:which_children(Sup) of
        {'EXIT', _} -> ok;
        Children ->
            Busy = [Pid || {_, Pid, _, _} <- Children, Pid =/= undefined,
                           Pid =:= restarting orelse not is_process_alive(Pid)],
            case Busy of [] -> ok; _ -> erlang:yield(), settle(Sup) end
    end.

children(Sup) ->
    case catch supervisor:which_children(Sup) of
        {'EXIT', _} -> "gone";
        Children ->
            lists:join(" ", [[atom_to_list(Id), "=", state(Pid)]
                             || {Id, Pid, _, _} <- Children])
    end.

state(Pid) when is_pid(Pid) -> "runs";
state(Word) -> atom_to_list(Word).
