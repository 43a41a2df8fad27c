%%%-----
%%% The validator of chapter 7.
%%%-----
-module(validator).
-behaviour(gen_server).

-export([start_link/0]).
-export([init/1, handle_call/3, handle_cast/2]).

start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% #region validator
init([]) -> {ok, no_state}.

handle_call({verify, Name}, _From, State) ->
    {reply, verdict(unicode:characters_to_list(Name)), State}.

handle_cast(_Request, State) -> {noreply, State}.

%% What is not UTF-8 has become a tuple.
verdict([]) ->
    {error, <<"A name cannot be empty.">>};
verdict(Name) when length(Name) >= 6, length(Name) =< 20 ->
    {ok, unicode:characters_to_binary(Name)};
verdict(Name) when is_list(Name) ->
    {error, <<"A name must have 6 to 20 characters.">>};
verdict(_) ->
    {error, <<"A name must be UTF-8.">>}.
%% #endregion
